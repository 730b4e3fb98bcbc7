package storefact.mart.member;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.ratio;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/** One row per segment with members: how many they are, what they brought, how they buy. */
public final class SegmentSize extends Mart {
  /** The mart. */
  public static final SegmentSize SEGMENT_SIZE = new SegmentSize();

  public final MartColumn<String> segment =
      column("segment", CODE, MEMBER_RFM.segment)
          .label("segment", "会员分层")
          .about("Segment by recency, frequency and monetary score");
  public final MartColumn<Long> members =
      column("members", COUNT, count())
          .unit("members")
          .label("members", "会员数")
          .about("Members of the segment");
  public final MartColumn<Double> memberShare =
      column("share_of_members", RATIO, ratio(count(), sum(count()).over()))
          .unit("share")
          .label("share of members", "会员占比")
          .about("Part of all members with a purchase, 1 = all");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, sum(MEMBER_RFM.monetary))
          .about("What the chain received from them, less returns");
  public final MartColumn<Double> salesShare =
      column(
              "sales_share",
              RATIO,
              ratio(sum(MEMBER_RFM.monetary), sum(sum(MEMBER_RFM.monetary)).over()))
          .unit("share")
          .label("share of sales", "销售占比")
          .about("Part of all members' net sales, 1 = all");
  public final MartColumn<Double> recencyDays =
      column("mean_recency_days", RATIO, field("avg({0})", Double.class, MEMBER_RFM.recencyDays))
          .unit("days")
          .label("days since last purchase", "距上次购买天数")
          .about("Mean of the members");
  public final MartColumn<Double> frequency =
      column("mean_frequency", RATIO, field("avg({0})", Double.class, MEMBER_RFM.frequency))
          .unit("receipts")
          .label("receipts per member", "人均小票数")
          .about("Mean of the members");

  private SegmentSize() {
    super(
        "segment_size",
        "One row per segment with members: how many, what they brought, how they buy",
        "每个会员分层一行：会员数、销售额与购买习惯");
    owner("members");
    freshWithin(Duration.ofHours(24));
    grain(segment);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns().from(MEMBER_RFM.table()).groupBy(MEMBER_RFM.segment);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(segment, Segment.codes()),
        Check.same(
            name(),
            "members and sales are those of the members",
            DSL.select(sum(members), sum(netSales)).from(table()),
            DSL.select(count(), sum(MEMBER_RFM.monetary)).from(MEMBER_RFM.table())));
  }
}
