package storefact.mart.sales;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.distinctIf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.member.CardMonth.CARD_MONTH;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per area, month and group of customers: members with their number, all others by their
 * receipts. Areas are the chain, its regions, its formats and its stores; members are counted anew
 * in each, for they do not add up.
 */
public final class AreaMonth extends Mart {
  static final List<String> LEVELS = List.of("chain", "region", "format", "store");

  private static final Field<String> GROUP =
      field("if({0} = '', 'others', 'members')", String.class, MEMBER_CARD.MEMBER);
  private static final Field<String> LEVEL =
      field(
          "multiIf(grouping({0}) = 0, 'store', grouping({1}) = 0, 'format', grouping({2}) = 0, 'region', 'chain')",
          String.class, CARD_MONTH.store, STORE.FORMAT, STORE.REGION);

  /** What is not grouped by is empty: one of the three at most has a value. */
  private static final Field<String> AREA =
      field("concat({0}, {1}, {2})", String.class, CARD_MONTH.store, STORE.FORMAT, STORE.REGION);

  /** The mart. */
  public static final AreaMonth AREA_MONTH = new AreaMonth();

  public final MartColumn<String> level = column(Term.LEVEL, LEVEL);
  public final MartColumn<String> area = column(Term.AREA, AREA);
  public final MartColumn<LocalDate> month = column(Term.MONTH, CARD_MONTH.month);
  public final MartColumn<String> customers =
      column("customers", CODE, GROUP)
          .label("customers", "顾客组")
          .about("members, or others: without a card, of partners and of cards that nobody knows");
  public final MartColumn<Long> number =
      column(
              "number",
              COUNT,
              when(GROUP.eq("members"), distinctIf(MEMBER_CARD.MEMBER, CARD_MONTH.receipts.gt(0L)))
                  .otherwise(field("toUInt64({0})", Long.class, sum(CARD_MONTH.receipts))))
          .unit("customers")
          .label("number of customers", "顾客数")
          .about("Members who bought; for others their receipts, for nobody knows who comes twice");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, sum(CARD_MONTH.receipts));
  public final MartColumn<Long> lines = column(Term.LINES, sum(CARD_MONTH.lines));
  public final MartColumn<BigDecimal> returns =
      column(Term.RETURNS_OF_MONTH, sum(CARD_MONTH.returns));
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES_OF_MONTH, sum(CARD_MONTH.netSales));

  private AreaMonth() {
    super(
        "area_month",
        "One row per level, area, month and group of customers (members, others): customers, receipts, lines, net sales",
        "每层级、区域、月份和顾客组（会员、其他）一行：顾客数、小票、行数与净销售额");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    ofAreas(level, area);
    grain(level, area, month, customers);
    partitionedByMonth(month);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(CARD_MONTH.table())
        .leftJoin(MEMBER_CARD)
        .on(slice.joins(MEMBER_CARD.CARD, CARD_MONTH.card))
        .leftJoin(STORE)
        .on(slice.joins(STORE.STORE_, CARD_MONTH.store))
        .where(slice.covers(CARD_MONTH.month))
        .groupBy(
            DSL.groupingSets(
                List.of(CARD_MONTH.month, GROUP),
                List.of(CARD_MONTH.month, GROUP, STORE.REGION),
                List.of(CARD_MONTH.month, GROUP, STORE.FORMAT),
                List.of(CARD_MONTH.month, GROUP, CARD_MONTH.store)));
  }

  @Override
  protected List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.accepted(level, LEVELS));
    checks.add(Check.accepted(customers, List.of("members", "others")));
    for (String each : LEVELS) {
      checks.add(
          Check.same(
              name(),
              "sums of level " + each + " equal the stores",
              DSL.select(month, sum(netSales), sum(receipts), sum(lines))
                  .from(table())
                  .where(level.eq(each))
                  .groupBy(month),
              DSL.select(
                      STORE_MONTH.month,
                      sum(STORE_MONTH.netSales),
                      sum(STORE_MONTH.receipts),
                      sum(STORE_MONTH.lines))
                  .from(STORE_MONTH.table())
                  .groupBy(STORE_MONTH.month)));
    }
    return checks;
  }
}
