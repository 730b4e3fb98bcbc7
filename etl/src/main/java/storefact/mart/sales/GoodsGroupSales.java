package storefact.mart.sales;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.hash;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.GroupField;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.types.ULong;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store, business day and group of goods: departments, categories, types and brands,
 * each on a level of its own.
 *
 * <p>Money and quantity add up within a level. Receipts never do: one receipt counts in each of its
 * groups, so each level counts its own.
 */
public final class GoodsGroupSales extends Mart {
  private static final String SUMS = "sums";
  private static final String BASKETS = "baskets";
  private static final List<String> LEVELS = List.of("department", "category", "type", "brand");
  private static final List<Field<String>> GROUPS =
      List.of(GOODS.DEPARTMENT, GOODS.CATEGORY, GOODS.TYPE, GOODS.BRAND);

  /**
   * What is not grouped by is empty, as it is for unknown goods: only GROUPING tells them apart.
   */
  private static final Field<String> LEVEL =
      field(
          "multiIf(grouping({0}) = 0, 'brand', grouping({1}) = 0, 'type', grouping({2}) = 0, 'category', 'department')",
          String.class, GOODS.BRAND, GOODS.TYPE, GOODS.CATEGORY);

  /** The mart. */
  public static final GoodsGroupSales GOODS_GROUP_SALES = new GoodsGroupSales();

  public final MartColumn<String> store =
      column("store", CODE, sums("store", String.class))
          .label("store", "门店")
          .about("Store that sold or took back");
  public final MartColumn<LocalDate> businessDate =
      column("business_date", DATE, sums("business_date", LocalDate.class))
          .label("business date", "营业日")
          .about("Business day of the sales and of the returns");
  public final MartColumn<String> level = column(Term.LEVEL_OF_GROUPS, sums("level", String.class));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT_OF_GROUPS, sums("department", String.class));
  public final MartColumn<String> category =
      column(Term.CATEGORY_OF_GROUPS, sums("category", String.class));
  public final MartColumn<String> type = column(Term.TYPE, sums("type", String.class));
  public final MartColumn<String> brand = column(Term.BRAND, sums("brand", String.class));
  public final MartColumn<Long> receipts =
      column(Term.RECEIPTS_OF_GROUPS, derived(BASKETS, "receipts", Long.class));
  public final MartColumn<Long> lines =
      column("lines", COUNT, sums("lines", Long.class))
          .unit("lines")
          .label("lines", "行数")
          .about("Lines sold");
  public final MartColumn<BigDecimal> quantity =
      column("quantity", QUANTITY, sums("quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold less quantity returned");
  public final MartColumn<BigDecimal> returnedQuantity =
      column("returned_quantity", QUANTITY, sums("returned_quantity", BigDecimal.class))
          .unit("pieces or kg")
          .label("returned quantity", "退货数量")
          .about("Quantity returned on the day");
  public final MartColumn<BigDecimal> listSales =
      column("list_sales", MONEY, sums("list_sales", BigDecimal.class))
          .unit("currency")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain and before returns");
  public final MartColumn<BigDecimal> retailDiscount =
      column("retail_discount", MONEY, sums("retail_discount", BigDecimal.class))
          .unit("currency")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public final MartColumn<BigDecimal> couponDiscount =
      column("coupon_discount", MONEY, sums("coupon_discount", BigDecimal.class))
          .unit("currency")
          .label("coupon discount", "优惠券折扣")
          .about("Manufacturers' coupons, paid back to the chain");
  public final MartColumn<BigDecimal> couponMatchDiscount =
      column("coupon_match_discount", MONEY, sums("coupon_match_discount", BigDecimal.class))
          .unit("currency")
          .label("coupon match discount", "优惠券加赠折扣")
          .about("What the chain adds to manufacturers' coupons");
  public final MartColumn<BigDecimal> returns =
      column("returns", MONEY, sums("returns", BigDecimal.class))
          .unit("currency")
          .label("returns", "退货金额")
          .about("What the chain gave up for goods returned on the day");
  public final MartColumn<BigDecimal> netSales =
      column("net_sales", MONEY, sums("net_sales", BigDecimal.class))
          .unit("currency")
          .label("net sales", "净销售额")
          .about("What the chain receives: list sales less its discounts and returns");
  public final MartColumn<BigDecimal> cost =
      column("cost", MONEY_OR_NULL, sums("cost", BigDecimal.class))
          .unit("currency")
          .label("cost", "成本")
          .about("Cost of the quantity, of goods whose cost is known; null where none is");
  public final MartColumn<BigDecimal> costedSales =
      column("costed_sales", MONEY, sums("costed_sales", BigDecimal.class))
          .unit("currency")
          .label("net sales with cost", "有成本的净销售额")
          .about("Net sales of goods whose cost is known");
  public final MartColumn<BigDecimal> grossMargin =
      column("gross_margin", MONEY_OR_NULL, costedSales.own().minus(cost.own()))
          .unit("currency")
          .label("gross margin", "毛利")
          .about("Net sales of goods whose cost is known less their cost, null where none is");

  private GoodsGroupSales() {
    super(
        "goods_group_sales",
        "One row per store, business day, level and group of goods, net of returns: departments, categories, types, brands",
        "每门店、营业日、层级和商品组一行，扣除退货：一级、二级、三级分类与品牌");
    owner("sales");
    freshWithin(Duration.ofHours(1));
    grain(store, businessDate, level, department, category, type, brand);
    partitionedByMonth(businessDate);
  }

  private static <T> Field<T> sums(String column, Class<T> type) {
    return derived(SUMS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0}) AS {1} LEFT JOIN ({2}) AS {3} ON {3}.key = {4}",
                ofGoods(slice),
                DSL.name(SUMS),
                ofLines(slice),
                DSL.name(BASKETS),
                hash(
                    store.expression(),
                    businessDate.expression(),
                    group(
                        level.expression(),
                        department.expression(),
                        category.expression(),
                        type.expression(),
                        brand.expression()))));
  }

  private static Select<?> ofGoods(Slice slice) {
    return DSL.select(GOODS_SALES.store.as("store"), GOODS_SALES.businessDate.as("business_date"))
        .select(GROUPS.stream().map(f -> f.as(f.getUnqualifiedName())).toList())
        .select(LEVEL.as("level"))
        .select(
            GOODS_SALES.additive().stream().map(c -> sum(c).as(c.getUnqualifiedName())).toList())
        .from(GOODS_SALES.table())
        .leftJoin(GOODS)
        .on(slice.joins(GOODS.GOODS_, GOODS_SALES.goods))
        .where(slice.covers(GOODS_SALES.businessDate))
        .groupBy(levels(GOODS_SALES.store, GOODS_SALES.businessDate));
  }

  /**
   * A number for a group, in which what its level does not group by is empty: texts in a join take
   * thrice the time.
   */
  private static Field<ULong> group(
      Field<?> level, Field<?> department, Field<?> category, Field<?> type, Field<?> brand) {
    return hash(level, department, category, type, brand);
  }

  /** Receipts of each group: those of each receipt, counted. */
  private static Select<?> ofLines(Slice slice) {
    Field<String> none = inline("");
    Field<?> groups =
        field(
            "[{0}, {1}, {2}, {3}]",
            group(inline("department"), GOODS.DEPARTMENT, none, none, none),
            group(inline("category"), GOODS.DEPARTMENT, GOODS.CATEGORY, none, none),
            group(inline("type"), GOODS.DEPARTMENT, GOODS.CATEGORY, GOODS.TYPE, none),
            group(inline("brand"), none, none, none, GOODS.BRAND));
    return DSL.select(
            hash(field("store"), field("business_date"), field("of_receipt")).as("key"),
            DSL.count().as("receipts"))
        .from(
            DSL.table(
                "({0})",
                DSL.select(
                        TURNOVER_LINE.STORE.as("store"),
                        TURNOVER_LINE.BUSINESS_DATE.as("business_date"),
                        field("arrayJoin(arrayDistinct(arrayFlatten(groupArray({0}))))", groups)
                            .as("of_receipt"))
                    .from(TURNOVER_LINE)
                    .leftJoin(GOODS)
                    .on(slice.joins(GOODS.GOODS_, TURNOVER_LINE.GOODS))
                    .where(slice.covers(TURNOVER_LINE.BUSINESS_DATE))
                    .and(TURNOVER_LINE.KIND.eq("sale"))
                    .groupBy(
                        TURNOVER_LINE.STORE,
                        TURNOVER_LINE.BUSINESS_DATE,
                        hash(TURNOVER_LINE.TILL, TURNOVER_LINE.RECEIPT))))
        .groupBy(field("key"));
  }

  private static GroupField levels(Field<String> store, Field<LocalDate> day) {
    return DSL.groupingSets(
        List.of(store, day, GOODS.DEPARTMENT),
        List.of(store, day, GOODS.DEPARTMENT, GOODS.CATEGORY),
        List.of(store, day, GOODS.DEPARTMENT, GOODS.CATEGORY, GOODS.TYPE),
        List.of(store, day, GOODS.BRAND));
  }

  @Override
  protected List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.accepted(level, LEVELS));
    for (String each : LEVELS) {
      checks.add(
          Check.same(
              name(),
              "sums of level " + each + " equal the goods",
              DSL.select(monthOf(businessDate), sum(netSales), sum(quantity), sum(costedSales))
                  .from(table())
                  .where(level.eq(each))
                  .groupBy(monthOf(businessDate)),
              DSL.select(
                      monthOf(GOODS_SALES.businessDate),
                      sum(GOODS_SALES.netSales),
                      sum(GOODS_SALES.quantity),
                      sum(GOODS_SALES.costedSales))
                  .from(GOODS_SALES.table())
                  .groupBy(monthOf(GOODS_SALES.businessDate))));
    }
    return checks;
  }
}
