package storefact.mart.stock;

import static storefact.mart.ClickHouse.cents;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.DIFFERENCE_OR_NULL;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.goods.GoodsMonth.GOODS_MONTH;
import static storefact.mart.season.PriceElasticity.PRICE_ELASTICITY;
import static storefact.mart.season.SeasonIndex.SEASON_INDEX;
import static storefact.mart.stock.StockPosition.STOCK_POSITION;
import static storefact.mart.stock.StockedGoods.STOCKED_GOODS;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.STORE;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
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
 * One row per store and goods whose stock lasts far longer than planned: the markdown that would
 * sell it by a date, and what that costs.
 *
 * <p>Demand to come = daily demand of {@link StockPosition} × months' index of the category in the
 * next {@value #SELL_DAYS} days / in the days that the demand is of: so the end of a season makes
 * candidates, and its beginning does not. A candidate lies for {@value #SELL_DAYS} days or more
 * already, and lasts more than {@value #SELL_DAYS} days and more than {@value #TIMES} times as long
 * as an order is meant to (lead time, a day of review, 7 days of cover).
 *
 * <p>The price ratio p that sells it: demand × p ^ elasticity = on hand. The elasticity is the
 * category's where that is below 0 and its standard error at most {@value #LARGEST_ERROR}, else
 * that of all. The markdown is rounded up to whole per cent and at most {@value #MOST_MARKDOWN}:
 * nobody tried more, and constant elasticity is an assumption. Without demand no price is known to
 * help; such goods have no markdown. Optimal prices beyond this: S. A. Smith, D. D. Achabal,
 * Clearance Pricing and Inventory Policies for Retail Chains, Management Science 44 (1998), with
 * the same demand.
 */
public final class MarkdownCandidate extends Mart {
  /** Days in which the stock is to be sold. */
  public static final int SELL_DAYS = 28;

  /** How many times as long as planned the stock lasts at least. */
  public static final int TIMES = 3;

  /** Standard error up to which a category's own elasticity counts. */
  public static final double LARGEST_ERROR = 0.5;

  /** The largest markdown that is proposed. */
  public static final double MOST_MARKDOWN = 0.5;

  private static final int REVIEW_AND_COVER_DAYS = 8;
  private static final String ROWS = "rows_of";

  /** The mart. */
  public static final MarkdownCandidate MARKDOWN_CANDIDATE = new MarkdownCandidate();

  public final MartColumn<String> store = column(Term.STORE, of("store", String.class));
  public final MartColumn<String> goods = column(Term.GOODS, of("goods", String.class));
  public final MartColumn<String> department =
      column(Term.DEPARTMENT, of("department", String.class));
  public final MartColumn<String> category = column(Term.CATEGORY, of("category", String.class));
  public final MartColumn<LocalDate> asOf =
      column("as_of", DATE, of("as_of", LocalDate.class))
          .label("as of", "截至")
          .about("Last business day of all stock");
  public final MartColumn<BigDecimal> onHand =
      column("on_hand", QUANTITY, of("on_hand", BigDecimal.class))
          .unit("pieces or kg")
          .label("on hand", "库存")
          .about("What should lie there now");
  public final MartColumn<BigDecimal> stockValue =
      column("stock_value", MONEY_OR_NULL, of("stock_value", BigDecimal.class))
          .unit("currency")
          .label("stock value at cost", "库存金额（成本）")
          .about("On hand at the unit cost of today, null where nobody told a cost");
  public final MartColumn<LocalDate> lastSale =
      column("last_sale", DATE_OR_NULL, of("last_sale", LocalDate.class))
          .label("last sale", "最近销售日")
          .about("Last business day on which the store sold it, null for never");
  public final MartColumn<Long> daysSinceSale =
      column("days_since_sale", DIFFERENCE_OR_NULL, of("days_since_sale", Long.class))
          .unit("days")
          .label("days since last sale", "未动销天数")
          .about("Days from the last sale to now, null for never");
  public final MartColumn<Double> plannedDays =
      column("planned_days", RATIO, of("planned_days", Double.class))
          .unit("days")
          .label("planned days of supply", "计划可销天数")
          .about("How long an order is meant to last: lead time, a day of review, 7 days of cover");
  public final MartColumn<Double> seasonFactor =
      column("season_factor", RATIO, of("season_factor", Double.class))
          .unit("factor")
          .label("season to come", "未来季节系数")
          .about(
              "Index of the category's months in the next 28 days by that of the days of the demand, below 1 = its season ends; 1 where nobody can tell");
  public final MartColumn<Double> demand =
      column("demand", RATIO, of("demand", Double.class))
          .unit("pieces or kg")
          .label("demand of 28 days", "未来28天需求")
          .about("To be expected in the next 28 days at the price of today");
  public final MartColumn<Double> daysOfSupply =
      column("days_of_supply", RATIO_OR_NULL, of("days_of_supply", Double.class))
          .unit("days")
          .label("days of supply", "可销天数")
          .about("How long the stock lasts at this demand, null without demand");
  public final MartColumn<LocalDate> sellBy =
      column("sell_by", DATE, of("sell_by", LocalDate.class))
          .label("sell by", "清仓日期")
          .about("28 days from now");
  public final MartColumn<Double> elasticity =
      column("elasticity", RATIO_OR_NULL, of("elasticity", Double.class))
          .unit("factor")
          .label("price elasticity", "价格弹性")
          .about("Used for it, null where no markdowns tell one below 0");
  public final MartColumn<String> elasticityOf =
      column("elasticity_of", CODE, of("elasticity_of", String.class))
          .label("elasticity of", "弹性来源")
          .about("category where its own is sharp enough, else all; empty without one");
  public final MartColumn<Double> markdown =
      column("markdown", RATIO_OR_NULL, of("markdown", Double.class))
          .unit("share")
          .label("markdown", "建议降价幅度")
          .about(
              "Part of the list price to take off so that it sells by the date, at most 0.5; null without demand or elasticity");
  public final MartColumn<Double> sells =
      column("sells", RATIO_OR_NULL, of("sells", Double.class))
          .unit("pieces or kg")
          .label("sells by then", "预计售出数量")
          .about("Quantity to be expected by the date with the markdown, at most what is there");
  public final MartColumn<BigDecimal> discountCost =
      column("discount_cost", MONEY_OR_NULL, of("discount_cost", BigDecimal.class))
          .unit("currency")
          .label("discount cost", "折扣成本")
          .about("Markdown on what sells by then, null without a list price");
  public final MartColumn<BigDecimal> marginChange =
      column("margin_change", MONEY_OR_NULL, of("margin_change", BigDecimal.class))
          .unit("currency")
          .label("margin change", "毛利变化")
          .about(
              "Gross margin by the date with the markdown less that without it, null without list price and cost");

  private MarkdownCandidate() {
    super(
        "markdown_candidate",
        "One row per store and goods whose stock lasts far longer than planned: the markdown that sells it by a date, and its cost",
        "每门店和滞销商品一行：库存远超计划，按期售出所需的降价幅度与代价");
    owner("supply");
    freshWithin(Duration.ofHours(24));
    grain(store, goods);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(ROWS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                """
                (SELECT *,
                  dateDiff('day', last_sale, as_of) AS days_since_sale,
                  as_of + {6} AS sell_by,
                  multiIf(own_elasticity < 0 AND own_error <= {7}, 'category', chain_elasticity < 0, 'all', '') AS elasticity_of,
                  multiIf(elasticity_of = 'category', own_elasticity, elasticity_of = 'all', chain_elasticity, NULL) AS elasticity,
                  if(demand <= 0 OR elasticity IS NULL, NULL,
                    least({8}, ceil(100 * (1 - pow(toFloat64(on_hand) / demand, 1 / elasticity)) - 1e-9) / 100)) AS markdown,
                  if(markdown IS NULL, NULL, least(toFloat64(on_hand), demand * pow(1 - markdown, elasticity))) AS sells,
                  {13} AS discount_cost,
                  {14} AS margin_change
                FROM
                  (SELECT *, {12} AS chain_elasticity,
                    lead_time + {9} AS planned_days,
                    if(so_far > 0, to_come / so_far, 1) AS season_factor,
                    ifNull(daily_demand, 0) * season_factor * {6} AS demand,
                    if(demand <= 0, NULL, toFloat64(on_hand) / demand * {6}) AS days_of_supply
                  FROM ({0}) AS position
                  INNER JOIN ({1}) AS arrival USING (store, goods)
                  LEFT JOIN ({2}) AS sale USING (store, goods)
                  LEFT JOIN ({3}) AS described USING (goods)
                  LEFT JOIN ({4}) AS seasons USING (department, category)
                  LEFT JOIN ({5}) AS prices USING (department, category))
                WHERE on_hand > 0 AND since <= as_of - {6}
                  AND ifNull(days_of_supply > {6} AND days_of_supply > {10} * planned_days, true)) AS {11}
                """,
                DSL.select(
                        STOCK_POSITION.store.as("store"),
                        STOCK_POSITION.goods.as("goods"),
                        STOCK_POSITION.asOf.as("as_of"),
                        STOCK_POSITION.onHand.as("on_hand"),
                        STOCK_POSITION.stockValue.as("stock_value"),
                        STOCK_POSITION.dailyDemand.as("daily_demand"),
                        STOCK_POSITION.leadTime.as("lead_time"))
                    .from(STOCK_POSITION.table()),
                DSL.select(
                        STOCKED_GOODS.store.as("store"),
                        STOCKED_GOODS.goods.as("goods"),
                        STOCKED_GOODS.firstMovedOn.as("since"))
                    .from(STOCKED_GOODS.table()),
                DSL.select(
                        GOODS_MONTH.store.as("store"),
                        GOODS_MONTH.goods.as("goods"),
                        DSL.max(GOODS_MONTH.lastSale).as("last_sale"))
                    .from(GOODS_MONTH.table())
                    .groupBy(GOODS_MONTH.store, GOODS_MONTH.goods),
                DSL.select(
                        GOODS.GOODS_.as("goods"),
                        GOODS.DEPARTMENT.as("department"),
                        GOODS.CATEGORY.as("category"),
                        GOODS.LIST_PRICE.as("list_price"),
                        GOODS.UNIT_COST.as("unit_cost"))
                    .from(GOODS),
                seasons(),
                prices(),
                DSL.inline(SELL_DAYS),
                DSL.inline(LARGEST_ERROR),
                DSL.inline(MOST_MARKDOWN),
                DSL.inline(REVIEW_AND_COVER_DAYS),
                DSL.inline(TIMES),
                DSL.name(ROWS),
                chainElasticity(),
                cents(DSL.field("sells * toFloat64(list_price) * markdown", Double.class)),
                cents(
                    DSL.field(
                        "sells * (toFloat64(list_price) * (1 - markdown) - toFloat64(unit_cost))"
                            + " - demand * (toFloat64(list_price) - toFloat64(unit_cost))",
                        Double.class))));
  }

  private static Field<LocalDate> now() {
    return DSL.field(
        "assumeNotNull(({0}))",
        LocalDate.class, DSL.select(DSL.max(STOCK_POSITION.asOf)).from(STOCK_POSITION.table()));
  }

  /** Of categories: the mean index of the days to come and of those that the demand is of. */
  private static Select<?> seasons() {
    Field<?> index =
        DSL.field(
            "mapFromArrays(groupArray(toUInt8({0})), groupArray({1}))",
            SEASON_INDEX.position, SEASON_INDEX.index);
    return DSL.select(
            SEASON_INDEX.department.as("department"),
            SEASON_INDEX.category.as("category"),
            index.as("months"),
            DSL.field(
                    "arrayAvg(i -> if(mapContains(months, toMonth({0} + i)), months[toMonth({0} + i)], 1), range(1, {1} + 1))",
                    now(), DSL.inline(SELL_DAYS))
                .as("to_come"),
            DSL.field(
                    "arrayAvg(i -> if(mapContains(months, toMonth({0} - i)), months[toMonth({0} - i)], 1), range(toUInt32(dateDiff('day', addMonths(toStartOfMonth({0}), -1), {0}) + 1)))",
                    now())
                .as("so_far"))
        .from(SEASON_INDEX.table())
        .where(SEASON_INDEX.area.eq("all"))
        .and(SEASON_INDEX.level.eq("category"))
        .and(SEASON_INDEX.kind.eq("month"))
        .and(SEASON_INDEX.index.isNotNull())
        .groupBy(SEASON_INDEX.department, SEASON_INDEX.category);
  }

  private static Select<?> prices() {
    return DSL.select(
            PRICE_ELASTICITY.department.as("department"),
            PRICE_ELASTICITY.category.as("category"),
            PRICE_ELASTICITY.elasticity.as("own_elasticity"),
            PRICE_ELASTICITY.standardError.as("own_error"))
        .from(PRICE_ELASTICITY.table())
        .where(PRICE_ELASTICITY.level.eq("category"));
  }

  /** That of all, 0 without any. */
  private static Field<Double> chainElasticity() {
    return DSL.field(
        "({0})",
        Double.class,
        DSL.select(DSL.field("any({0})", PRICE_ELASTICITY.elasticity))
            .from(PRICE_ELASTICITY.table())
            .where(PRICE_ELASTICITY.level.eq("all")));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.refersTo(store, STORE.STORE_, STORE),
        Check.none(
            this,
            "it lasts longer than planned",
            DSL.selectFrom(table()).where(daysOfSupply.own().le(plannedDays.own()))),
        Check.none(
            this,
            "markdowns are whole per cent from 1 to the most",
            DSL.selectFrom(table())
                .where(
                    DSL.condition(
                        "{0} < 0.01 OR {0} > {1} OR abs({0} * 100 - round({0} * 100)) > 0.000001",
                        markdown.own(), DSL.inline(MOST_MARKDOWN)))),
        Check.none(
            this,
            "nobody sells more than there is, and with a markdown not less than without",
            DSL.selectFrom(table())
                .where(
                    DSL.condition(
                        "{0} > toFloat64({1}) + 0.001 OR {0} < {2} - 0.001",
                        sells.own(), onHand.own(), demand.own()))));
  }
}
