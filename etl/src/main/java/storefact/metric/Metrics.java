package storefact.metric;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.distinct;
import static storefact.mart.ClickHouse.distinctIf;
import static storefact.mart.ClickHouse.newest;
import static storefact.mart.ClickHouse.sumIf;
import static storefact.mart.loyalty.CardBalances.CARD_BALANCES;
import static storefact.mart.loyalty.PointsBalances.POINTS_BALANCES;
import static storefact.mart.member.MemberPurchases.MEMBER_PURCHASES;
import static storefact.mart.member.MemberShare.MEMBER_SHARE;
import static storefact.mart.sales.DailySales.DAILY_SALES;
import static storefact.mart.sales.GoodsSales.GOODS_SALES;
import static storefact.mart.sales.HourlySales.HOURLY_SALES;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.mart.sales.StoreDay.STORE_DAY;
import static storefact.metric.Additivity.ADDITIVE;
import static storefact.metric.Additivity.NOT_ADDITIVE;
import static storefact.metric.Additivity.SEMI_ADDITIVE;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.MEMBER_CARD;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;
import static storefact.warehouse.jooq.dw.Tables.STOCK_ON_HAND;
import static storefact.warehouse.jooq.dw.Tables.TURNOVER_LINE;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import storefact.mart.money.CardLiability;
import storefact.mart.money.PointsLiability;
import storefact.metric.Dimension.Lookup;
import storefact.metric.Metric.Aggregate;

/** The catalogue of metrics: the one place where a figure is defined. */
public final class Metrics {
  private static final Fact GOODS_DAYS =
      Fact.of(GOODS_SALES)
          .by(Key.STORE, GOODS_SALES.store)
          .by(Key.DAY, GOODS_SALES.businessDate)
          .by(Key.GOODS, GOODS_SALES.goods);

  /** The same in fewer rows, for dashboards. */
  private static final Fact CATEGORY_DAYS =
      Fact.of(DAILY_SALES).by(Key.STORE, DAILY_SALES.store).by(Key.DAY, DAILY_SALES.businessDate);

  /** In fewer still, for those that show no goods. */
  private static final Fact STORE_DAYS =
      Fact.of(STORE_DAY).by(Key.STORE, STORE_DAY.store).by(Key.DAY, STORE_DAY.businessDate);

  private static final Fact RECEIPT_DAYS =
      Fact.of(RECEIPT_STATISTICS)
          .by(Key.STORE, RECEIPT_STATISTICS.store)
          .by(Key.DAY, RECEIPT_STATISTICS.businessDate);
  private static final Fact HOURS =
      Fact.of(HOURLY_SALES)
          .by(Key.STORE, HOURLY_SALES.store)
          .by(Key.DAY, HOURLY_SALES.businessDate)
          .by(Key.HOUR, HOURLY_SALES.hour);
  private static final Fact MEMBER_MONTHS =
      Fact.of(MEMBER_SHARE).by(Key.STORE, MEMBER_SHARE.store).by(Key.MONTH, MEMBER_SHARE.month);

  /** Slower than the marts, but right for what does not add up, by whatever it is asked. */
  private static final Fact LINES =
      Fact.of(SALES_LINE)
          .by(Key.STORE, SALES_LINE.STORE)
          .by(Key.DAY, SALES_LINE.BUSINESS_DATE)
          .by(Key.GOODS, SALES_LINE.GOODS)
          .by(Key.CARD, SALES_LINE.CARD);

  /** Returns with them, negative. */
  private static final Fact TURNOVER =
      Fact.of(TURNOVER_LINE)
          .by(Key.STORE, TURNOVER_LINE.STORE)
          .by(Key.DAY, TURNOVER_LINE.BUSINESS_DATE)
          .by(Key.GOODS, TURNOVER_LINE.GOODS)
          .by(Key.CARD, TURNOVER_LINE.CARD);

  private static final Fact RECEIPT_ROWS =
      Fact.of(RECEIPT_SALES)
          .by(Key.STORE, RECEIPT_SALES.store)
          .by(Key.DAY, RECEIPT_SALES.businessDate)
          .by(Key.CARD, RECEIPT_SALES.card);

  private static final Lookup HOLDER =
      new Lookup(MEMBER_CARD, MEMBER_CARD.CARD, MEMBER_CARD.MEMBER);
  private static final Condition OF_MEMBER = MEMBER_CARD.MEMBER.ne("");

  private static final Fact CARDS = Fact.of(CARD_BALANCES).by(Key.MEMBER, CARD_BALANCES.member);
  private static final Fact POINTS =
      Fact.of(POINTS_BALANCES).by(Key.MEMBER, POINTS_BALANCES.member);

  /** A row is a balance already: of several days the last one counts. */
  private static final Fact CARD_DAYS =
      Fact.of(CardLiability.CARD_LIABILITY).by(Key.DAY, CardLiability.CARD_LIABILITY.day);

  private static final Fact POINTS_DAYS =
      Fact.of(PointsLiability.POINTS_LIABILITY).by(Key.DAY, PointsLiability.POINTS_LIABILITY.day);
  private static final Fact STOCK =
      Fact.of(STOCK_ON_HAND).by(Key.STORE, STOCK_ON_HAND.STORE).by(Key.GOODS, STOCK_ON_HAND.GOODS);
  private static final Fact BUYERS =
      Fact.of(MEMBER_PURCHASES).by(Key.MEMBER, MEMBER_PURCHASES.member);

  static final Metric NET_SALES =
      money(
              "net_sales",
              daily(sum(GOODS_SALES.netSales)),
              hourly(sum(HOURLY_SALES.netSales)),
              over(RECEIPT_DAYS, sum(RECEIPT_STATISTICS.netSales)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.netSales)),
              over(STORE_DAYS, sum(STORE_DAY.netSales)))
          .label("net sales", "净销售额")
          .about("What the chain receives: list sales less its discounts and returns");

  static final Metric SALES =
      money(
              "sales",
              daily(sum(GOODS_SALES.netSales).plus(sum(GOODS_SALES.returns))),
              hourly(sum(HOURLY_SALES.netSales).plus(sum(HOURLY_SALES.returns))),
              over(
                  RECEIPT_DAYS,
                  sum(RECEIPT_STATISTICS.netSales).plus(sum(RECEIPT_STATISTICS.returns))),
              over(CATEGORY_DAYS, sum(DAILY_SALES.netSales).plus(sum(DAILY_SALES.returns))),
              over(STORE_DAYS, sum(STORE_DAY.netSales).plus(sum(STORE_DAY.returns))))
          .label("sales before returns", "退货前销售额")
          .about("What the tills took after discounts, before anything was taken back");

  static final Metric LIST_SALES =
      money(
              "list_sales",
              daily(sum(GOODS_SALES.listSales)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.listSales)),
              over(STORE_DAYS, sum(STORE_DAY.listSales)))
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain and before returns");

  static final Metric DISCOUNTS =
      money(
              "discounts",
              daily(sum(GOODS_SALES.retailDiscount).plus(sum(GOODS_SALES.couponMatchDiscount))),
              over(
                  CATEGORY_DAYS,
                  sum(DAILY_SALES.retailDiscount).plus(sum(DAILY_SALES.couponMatchDiscount))),
              over(
                  STORE_DAYS,
                  sum(STORE_DAY.retailDiscount).plus(sum(STORE_DAY.couponMatchDiscount))))
          .label("discounts", "折扣额")
          .about("What the chain gave up by its discounts; manufacturers' coupons come on top");

  static final Metric COUPON_DISCOUNTS =
      money("coupon_discounts", daily(sum(GOODS_SALES.couponDiscount)))
          .label("coupon discounts", "优惠券折扣")
          .about("Manufacturers' coupons, paid back to the chain");

  static final Metric DISCOUNT_RATE =
      share("discount_rate", DISCOUNTS, LIST_SALES)
          .label("discount rate", "折扣率")
          .about("Discounts of the chain as a part of list sales, 1 = all");

  static final Metric COSTED_SALES =
      money(
              "costed_sales",
              daily(sum(GOODS_SALES.costedSales)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.costedSales)),
              over(STORE_DAYS, sum(STORE_DAY.costedSales)))
          .label("net sales with cost", "有成本的净销售额")
          .about("Net sales of goods whose cost is known");

  static final Metric COST =
      money(
              "cost",
              daily(sum(GOODS_SALES.cost)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.cost)),
              over(STORE_DAYS, sum(STORE_DAY.cost)))
          .label("cost", "成本")
          .about("Cost of what was sold less what came back, null where nobody told it");

  static final Metric GROSS_MARGIN =
      Metric.difference("gross_margin", COSTED_SALES, COST)
          .unit("currency")
          .label("gross margin", "毛利额")
          .about("Net sales less cost, of goods whose cost is known");

  static final Metric MARGIN_RATE =
      share("margin_rate", GROSS_MARGIN, COSTED_SALES)
          .label("margin rate", "毛利率")
          .about("Gross margin as a part of the net sales of goods whose cost is known, 1 = all");

  static final Metric QUANTITY =
      Metric.of(
              "quantity",
              ADDITIVE,
              daily(sum(GOODS_SALES.quantity)),
              hourly(sum(HOURLY_SALES.quantity)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.quantity)),
              over(STORE_DAYS, sum(STORE_DAY.quantity)))
          .unit("pieces or kg")
          .label("quantity", "数量")
          .about("Quantity sold less quantity returned");

  static final Metric ITEMS =
      Metric.of(
              "items",
              ADDITIVE,
              daily(sum(GOODS_SALES.lines)),
              hourly(sum(HOURLY_SALES.lines)),
              over(RECEIPT_DAYS, sum(RECEIPT_STATISTICS.lines)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.lines)),
              over(STORE_DAYS, sum(STORE_DAY.lines)))
          .unit("lines")
          .label("items", "商品行数")
          .about("Lines sold: a goods on a receipt counts once, whatever its quantity");

  static final Metric RECEIPTS =
      Metric.of(
              "receipts",
              NOT_ADDITIVE,
              over(RECEIPT_DAYS, sum(RECEIPT_STATISTICS.receipts)),
              hourly(sum(HOURLY_SALES.receipts)),
              over(
                  LINES,
                  distinct(
                      SALES_LINE.STORE,
                      SALES_LINE.BUSINESS_DATE,
                      SALES_LINE.TILL,
                      SALES_LINE.RECEIPT)))
          .unit("receipts")
          .label("receipts", "小票数")
          .about(
              "Receipts; they add up over stores and days, but one with goods of several categories counts in each of them");

  static final Metric BASKET_SIZE =
      Metric.ratio("basket_size", ITEMS, RECEIPTS)
          .unit("items per receipt")
          .label("basket size", "单均商品数")
          .about("Lines per receipt");

  static final Metric AVERAGE_RECEIPT =
      Metric.ratio("average_receipt", SALES, RECEIPTS)
          .unit("currency per receipt")
          .label("average receipt", "客单价")
          .about("Sales before returns per receipt");

  static final Metric MEMBER_SALES =
      money(
              "member_sales",
              over(MEMBER_MONTHS, sum(MEMBER_SHARE.memberSales)),
              over(RECEIPT_ROWS, sumIf(RECEIPT_SALES.netSales, OF_MEMBER)).with(Key.CARD, HOLDER),
              over(TURNOVER, sumIf(TURNOVER_LINE.NET_AMOUNT, OF_MEMBER)).with(Key.CARD, HOLDER))
          .label("member sales", "会员销售额")
          .about(
              "Net sales to members: cards that nobody knows and partners' cards are not members'");

  static final Metric MEMBER_SHARE_OF_SALES =
      share("member_share", MEMBER_SALES, NET_SALES)
          .label("members' share", "会员销售占比")
          .about("Member sales as a part of net sales, 1 = all");

  static final Metric ACTIVE_MEMBERS =
      Metric.of(
              "active_members",
              NOT_ADDITIVE,
              over(
                      RECEIPT_ROWS,
                      distinctIf(MEMBER_CARD.MEMBER, OF_MEMBER.and(RECEIPT_SALES.sale())))
                  .with(Key.CARD, HOLDER),
              over(LINES, distinctIf(MEMBER_CARD.MEMBER, OF_MEMBER)).with(Key.CARD, HOLDER))
          .unit("members")
          .label("active members", "活跃会员数")
          .about("Different members who bought");

  static final Metric RETURNS =
      money(
              "returns",
              daily(sum(GOODS_SALES.returns)),
              hourly(sum(HOURLY_SALES.returns)),
              over(RECEIPT_DAYS, sum(RECEIPT_STATISTICS.returns)),
              over(CATEGORY_DAYS, sum(DAILY_SALES.returns)),
              over(STORE_DAYS, sum(STORE_DAY.returns)))
          .label("returns", "退货金额")
          .about("What the chain gave up for goods returned, on the day of the return");

  static final Metric RETURN_RATE =
      share("return_rate", RETURNS, SALES)
          .label("return rate", "退货率")
          .about("Returns as a part of sales before returns of the same days, 1 = all");

  static final Metric STORES_SELLING =
      Metric.of("stores_selling", NOT_ADDITIVE, daily(distinct(GOODS_SALES.store)))
          .unit("stores")
          .label("stores selling", "动销门店数")
          .about("Different stores that sold or took back");

  static final Metric GOODS_SOLD =
      Metric.of("goods_sold", NOT_ADDITIVE, daily(distinct(GOODS_SALES.goods)))
          .unit("goods")
          .label("goods sold", "动销商品数")
          .about("Different goods that were sold or taken back");

  static final Metric BUYING_MEMBERS =
      Metric.of("buying_members", ADDITIVE, over(BUYERS, count()))
          .unit("members")
          .label("buying members", "有购买的会员数")
          .about("Members who ever bought");

  static final Metric CARD_LIABILITY =
      Metric.of(
              "card_liability",
              SEMI_ADDITIVE,
              over(CARDS, sum(CARD_BALANCES.balance)),
              over(
                  CARD_DAYS,
                  newest(CardLiability.CARD_LIABILITY.closing, CardLiability.CARD_LIABILITY.day)))
          .unit("currency")
          .label("card liability", "储值卡负债")
          .about(
              "What the chain owes the holders of stored-value cards now; by time, at the end of the last day");

  static final Metric POINTS_LIABILITY =
      Metric.of(
              "points_liability",
              SEMI_ADDITIVE,
              over(POINTS, sum(POINTS_BALANCES.balance)),
              over(
                  POINTS_DAYS,
                  newest(
                      PointsLiability.POINTS_LIABILITY.closing,
                      PointsLiability.POINTS_LIABILITY.day)))
          .unit("points")
          .label("points liability", "积分负债")
          .about("Points that members could redeem now; by time, at the end of the last day");

  static final Metric STOCK_QUANTITY =
      Metric.of("stock_quantity", SEMI_ADDITIVE, over(STOCK, sum(STOCK_ON_HAND.QUANTITY)))
          .unit("pieces or kg")
          .label("stock on hand", "库存数量")
          .about("Quantity that should lie in the stores now");

  static final Metric STOCK_VALUE =
      Metric.of(
              "stock_value",
              SEMI_ADDITIVE,
              over(STOCK, sum(STOCK_ON_HAND.QUANTITY.mul(GOODS.UNIT_COST)))
                  .with(Key.GOODS, new Lookup(GOODS, GOODS.GOODS_, GOODS.UNIT_COST)))
          .unit("currency")
          .label("stock value", "库存金额")
          .about("Stock on hand at the present unit cost, goods without one left out");

  /** In the order of lists. */
  public static final List<Metric> ALL =
      List.of(
          NET_SALES,
          SALES,
          LIST_SALES,
          DISCOUNTS,
          COUPON_DISCOUNTS,
          DISCOUNT_RATE,
          COSTED_SALES,
          COST,
          GROSS_MARGIN,
          MARGIN_RATE,
          QUANTITY,
          ITEMS,
          RECEIPTS,
          BASKET_SIZE,
          AVERAGE_RECEIPT,
          MEMBER_SALES,
          MEMBER_SHARE_OF_SALES,
          ACTIVE_MEMBERS,
          BUYING_MEMBERS,
          RETURNS,
          RETURN_RATE,
          STORES_SELLING,
          GOODS_SOLD,
          CARD_LIABILITY,
          POINTS_LIABILITY,
          STOCK_QUANTITY,
          STOCK_VALUE);

  private Metrics() {}

  /**
   * The metric of that name.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest ones
   */
  public static Metric named(String name) {
    return ALL.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Names.unknown("metric", name, ALL.stream().map(Metric::name).toList()));
  }

  private static Metric money(String name, Aggregate... choices) {
    return Metric.of(name, ADDITIVE, choices).unit("currency");
  }

  private static Metric share(String name, Metric part, Metric whole) {
    return Metric.ratio(name, part, whole).unit("share");
  }

  private static Aggregate daily(Field<?> expression) {
    return over(GOODS_DAYS, expression);
  }

  private static Aggregate hourly(Field<?> expression) {
    return over(HOURS, expression);
  }

  private static Aggregate over(Fact fact, Field<?> expression) {
    return Aggregate.of(fact, expression);
  }
}
