package storefact.mart.member;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.rank;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.SCORE;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Select;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;
import storefact.warehouse.Warehouse;

/**
 * One row per member with at least one purchase: recency, frequency and monetary scores, and the
 * segment that follows from them.
 *
 * <p>Scores are quintiles: percent rank (rank − 1) / (members − 1), cut at 0.2, 0.4, 0.6 and 0.8; 5
 * is best. Ties share the score of the first of them, so that equal members are never told apart; a
 * fifth may then be empty. Source: A. M. Hughes, Strategic Database Marketing, 1994.
 */
public final class MemberRfm extends Mart {
  private static final int LOWEST = 1;
  private static final int HIGHEST = 5;

  /** The mart. */
  public static final MemberRfm MEMBER_RFM = new MemberRfm();

  public final MartColumn<String> member = column(Term.MEMBER, MEMBER_PURCHASES.member);
  public final MartColumn<Long> recencyDays =
      column(Term.RECENCY_DAYS, MEMBER_PURCHASES.recencyDays);
  public final MartColumn<Long> frequency =
      column("frequency", COUNT, MEMBER_PURCHASES.receipts)
          .unit("receipts")
          .label("frequency", "购买频次")
          .about("Receipts");
  public final MartColumn<BigDecimal> monetary =
      column("monetary", MONEY, MEMBER_PURCHASES.netSales)
          .unit("currency")
          .label("monetary", "购买金额")
          .about("What the chain received");
  public final MartColumn<Integer> recencyScore =
      column("recency_score", SCORE, quintile(MEMBER_PURCHASES.recencyDays.desc()))
          .label("recency score", "R 得分")
          .about("Quintile of recency, 5 = bought last");
  public final MartColumn<Integer> frequencyScore =
      column("frequency_score", SCORE, quintile(MEMBER_PURCHASES.receipts.asc()))
          .label("frequency score", "F 得分")
          .about("Quintile of receipts, 5 = most");
  public final MartColumn<Integer> monetaryScore =
      column("monetary_score", SCORE, quintile(MEMBER_PURCHASES.netSales.asc()))
          .label("monetary score", "M 得分")
          .about("Quintile of net sales, 5 = most");
  public final MartColumn<String> rfmScore =
      column(
              "rfm_score",
              CODE,
              field(
                  "concat({0}, {1}, {2})",
                  String.class, recencyScore.own(), frequencyScore.own(), monetaryScore.own()))
          .label("RFM score", "RFM 得分")
          .about("The three scores in a row, 555 = best");
  public final MartColumn<String> segment =
      column(
              "segment",
              CODE,
              Segment.code(recencyScore.own(), frequencyScore.own(), monetaryScore.own()))
          .label("segment", "会员分层")
          .about("Segment that follows from the scores: " + String.join(", ", Segment.codes()));

  private MemberRfm() {
    super(
        "member_rfm",
        "One row per member with at least one purchase: recency, frequency and monetary scores and the segment",
        "每位有购买的会员一行：RFM 得分与分层");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(member);
  }

  /** Whole numbers throughout: 3 members of 5 are a cut, not 2.9999. */
  private static Field<Integer> quintile(OrderField<?> fromWorst) {
    return field(
        "least({0}, intDiv(({1} - 1) * {0}, greatest({2} - 1, 1)) + 1)",
        Integer.class, inline(HIGHEST), rank().over().orderBy(fromWorst), count().over());
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(MEMBER_PURCHASES.table());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(segment, Segment.codes()),
        Check.between(recencyScore, LOWEST, HIGHEST),
        Check.between(frequencyScore, LOWEST, HIGHEST),
        Check.between(monetaryScore, LOWEST, HIGHEST),
        Check.same(
            name(),
            "members are those with purchases",
            Warehouse.renderer().select(member).from(table()),
            Warehouse.renderer().select(MEMBER_PURCHASES.member).from(MEMBER_PURCHASES.table())));
  }
}
