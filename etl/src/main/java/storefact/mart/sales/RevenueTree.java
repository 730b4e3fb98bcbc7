package storefact.mart.sales;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;
import static storefact.mart.ClickHouse.cents;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.sales.AreaMonth.AREA_MONTH;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per area, month, period compared with and group of customers: a change of net sales split
 * into customers × receipts per customer × lines per receipt × net sales per line, exactly.
 *
 * <p>Effect of a factor x: L(V1, V0) · ln(x1 / x0) with the logarithmic mean L(a, b) = (a − b) /
 * (ln a − ln b), L(a, a) = a. The effects add up to the change without a residual and do not depend
 * on the order of the factors: the additive logarithmic mean Divisia index, LMDI-I. Sources: B. W.
 * Ang, Decomposition analysis for policymaking in energy: which is the preferred method?, Energy
 * Policy 32 (2004) 1131–1139; B. W. Ang, LMDI decomposition approach: a guide for implementation,
 * Energy Policy 86 (2015) 233–238. Rounding to cents is left with the price.
 *
 * <p>Where one period has no net sales above zero, all of the change is the customers': the limit
 * of the formula when customers go to zero and they alone.
 */
public final class RevenueTree extends Mart {
  private static final String PAIR = "pair";
  private static final String SIDE = "side";
  private static final Field<BigDecimal> NOTHING = inline(BigDecimal.ZERO);
  private static final Condition COMPARABLE =
      now("net_sales", BigDecimal.class)
          .gt(NOTHING)
          .and(before("net_sales", BigDecimal.class).gt(NOTHING))
          .and(now("lines", Long.class).gt(0L))
          .and(before("lines", Long.class).gt(0L))
          .and(now("number", Long.class).gt(0L))
          .and(before("number", Long.class).gt(0L));

  /** The mart. */
  public static final RevenueTree REVENUE_TREE = new RevenueTree();

  public final MartColumn<String> level = column(Term.LEVEL, key("level", String.class));
  public final MartColumn<String> area = column(Term.AREA, key("area", String.class));
  public final MartColumn<LocalDate> month = column(Term.MONTH, key("month", LocalDate.class));
  public final MartColumn<String> comparedWith =
      column("compared_with", CODE, key("compared_with", String.class))
          .label("compared with", "对比期")
          .about("month before or year before");
  public final MartColumn<String> customers =
      column("customers", CODE, key("customers", String.class))
          .label("customers", "顾客组")
          .about("members or others, who are counted by their receipts");
  public final MartColumn<BigDecimal> netSales =
      column(Term.NET_SALES, now("net_sales", BigDecimal.class)).about("Net sales of the month");
  public final MartColumn<BigDecimal> netSalesBefore =
      column("net_sales_before", MONEY, before("net_sales", BigDecimal.class))
          .unit("currency")
          .label("net sales before", "对比期净销售额")
          .about("Net sales of the period compared with");
  public final MartColumn<BigDecimal> change =
      column("change", MONEY, netSales.own().minus(netSalesBefore.own()))
          .unit("currency")
          .label("change", "变动")
          .about("Net sales of the month less those before");
  public final MartColumn<Long> customersNow =
      column("customers_now", COUNT, now("number", Long.class))
          .unit("customers")
          .label("number of customers", "顾客数")
          .about("Members who bought, or receipts of others");
  public final MartColumn<Long> customersBefore =
      column("customers_before", COUNT, before("number", Long.class))
          .unit("customers")
          .label("customers before", "对比期顾客数")
          .about("The same of the period compared with");
  public final MartColumn<Long> receipts = column(Term.RECEIPTS, now("receipts", Long.class));
  public final MartColumn<Long> receiptsBefore =
      column("receipts_before", COUNT, before("receipts", Long.class))
          .unit("receipts")
          .label("receipts before", "对比期小票数")
          .about("The same of the period compared with");
  public final MartColumn<Long> lines = column(Term.LINES, now("lines", Long.class));
  public final MartColumn<Long> linesBefore =
      column("lines_before", COUNT, before("lines", Long.class))
          .unit("lines")
          .label("lines before", "对比期行数")
          .about("The same of the period compared with");
  public final MartColumn<BigDecimal> customersEffect =
      column(
              "customers_effect",
              MONEY,
              when(COMPARABLE, effect("number", "")).otherwise(change.own()))
          .unit("currency")
          .label("effect of customers", "顾客数影响")
          .about("Part of the change from more or fewer customers");
  public final MartColumn<BigDecimal> frequencyEffect =
      column(
              "frequency_effect",
              MONEY,
              when(COMPARABLE, effect("receipts", "number")).otherwise(NOTHING))
          .unit("currency")
          .label("effect of frequency", "频次影响")
          .about("Part of the change from more or fewer receipts per customer");
  public final MartColumn<BigDecimal> basketEffect =
      column(
              "basket_effect",
              MONEY,
              when(COMPARABLE, effect("lines", "receipts")).otherwise(NOTHING))
          .unit("currency")
          .label("effect of items per basket", "每单件数影响")
          .about("Part of the change from more or fewer lines per receipt");
  public final MartColumn<BigDecimal> priceEffect =
      column(
              "price_effect",
              MONEY,
              change
                  .own()
                  .minus(customersEffect.own())
                  .minus(frequencyEffect.own())
                  .minus(basketEffect.own()))
          .unit("currency")
          .label("effect of price", "单价影响")
          .about("Part of the change from more or less net sales per line");

  private RevenueTree() {
    super(
        "revenue_tree",
        "One row per level, area, month, compared period and group of customers: the change of net sales, split exactly into its causes",
        "每层级、区域、月份、对比期和顾客组一行：净销售额变动的精确因素分解");
    owner("sales");
    freshWithin(Duration.ofHours(24));
    ofAreas(level, area);
    grain(level, area, month, comparedWith, customers);
  }

  private static <T> Field<T> key(String column, Class<T> type) {
    return derived(PAIR, column, type);
  }

  private static <T> Field<T> now(String column, Class<T> type) {
    return derived(PAIR, column + "_now", type);
  }

  private static <T> Field<T> before(String column, Class<T> type) {
    return derived(PAIR, column + "_before", type);
  }

  /** Effect of a factor that is a number, or a number per another one. */
  private static Field<BigDecimal> effect(String number, String per) {
    Field<Double> now = factor(number, per, true);
    Field<Double> before = factor(number, per, false);
    return cents(
        field(
            "if({0} = {1}, toFloat64({0}), toFloat64({0} - {1}) / (log(toFloat64({0})) - log(toFloat64({1})))) * log(({2}) / ({3}))",
            Double.class,
            now("net_sales", BigDecimal.class),
            before("net_sales", BigDecimal.class),
            now,
            before));
  }

  private static Field<Double> factor(String number, String per, boolean ofNow) {
    Field<Long> of = ofNow ? now(number, Long.class) : before(number, Long.class);
    if (per.isEmpty()) {
      return field("toFloat64({0})", Double.class, of);
    }
    return field(
        "toFloat64({0}) / toFloat64({1})",
        Double.class, of, ofNow ? now(per, Long.class) : before(per, Long.class));
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0} UNION ALL {1}) AS {2}",
                pairs("month before", 1), pairs("year before", 12), DSL.name(PAIR)));
  }

  /** Months that both have sales of the chain; an area without any of its own has zeros there. */
  private static Select<?> pairs(String comparedWith, int months) {
    Field<LocalDate> month = derived(SIDE, "month", LocalDate.class);
    Field<LocalDate> earlier =
        field("subtractMonths({0}, {1})", LocalDate.class, month, inline(months));
    List<Field<?>> keys = new ArrayList<>();
    for (String each : List.of("level", "area", "month", "customers")) {
      keys.add(derived(SIDE, each, String.class));
    }
    List<SelectField<?>> sums = new ArrayList<>();
    for (String each : List.of("net_sales", "number", "receipts", "lines")) {
      Field<BigDecimal> value = derived(SIDE, each, BigDecimal.class);
      Field<Boolean> later = derived(SIDE, "later", Boolean.class);
      sums.add(sumIf(value, condition(later)).as(each + "_now"));
      sums.add(sumIf(value, condition(later).not()).as(each + "_before"));
    }
    return DSL.select(keys.stream().map(k -> k.as(k.getUnqualifiedName())).toList())
        .select(inline(comparedWith).as("compared_with"))
        .select(sums)
        .from(DSL.table("({0} UNION ALL {1}) AS {2}", side(0), side(months), DSL.name(SIDE)))
        .where(month.in(DSL.select(AREA_MONTH.month).from(AREA_MONTH.table())))
        .and(earlier.in(DSL.select(AREA_MONTH.month).from(AREA_MONTH.table())))
        .groupBy(keys);
  }

  /** The months as they are, or moved to the month that is compared with them. */
  private static Select<?> side(int months) {
    return DSL.select(
            AREA_MONTH.level.as("level"),
            AREA_MONTH.area.as("area"),
            field("addMonths({0}, {1})", LocalDate.class, AREA_MONTH.month, inline(months))
                .as("month"),
            AREA_MONTH.customers.as("customers"),
            AREA_MONTH.netSales.as("net_sales"),
            AREA_MONTH.number.as("number"),
            AREA_MONTH.receipts.as("receipts"),
            AREA_MONTH.lines.as("lines"),
            inline(months == 0).as("later"))
        .from(AREA_MONTH.table());
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.none(
            this,
            "effects sum to the change",
            DSL.selectFrom(table())
                .where(
                    change
                        .own()
                        .ne(
                            customersEffect
                                .own()
                                .plus(frequencyEffect.own())
                                .plus(basketEffect.own())
                                .plus(priceEffect.own())))),
        Check.none(
            this,
            "others come once a receipt",
            DSL.selectFrom(table())
                .where(customers.own().eq("others"))
                .and(frequencyEffect.own().ne(inline(BigDecimal.ZERO)))),
        Check.same(
            name(),
            "members and others of all stores change as the chain",
            changes("store"),
            changes("chain")));
  }

  private Select<?> changes(String of) {
    return DSL.select(month, comparedWith, sum(change))
        .from(table())
        .where(level.eq(of))
        .groupBy(month, comparedWith);
  }
}
