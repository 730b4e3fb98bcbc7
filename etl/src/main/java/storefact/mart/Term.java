package storefact.mart;

import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.mart.ColumnType.DATE_OR_NULL;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.MONEY_OR_NULL;
import static storefact.mart.ColumnType.QUANTITY;
import static storefact.mart.ColumnType.RATIO;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.ColumnType.TEXT;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A word of the trade that several marts have as a column: named, typed and labelled once, so that
 * a reader meets the same heading and unit in each. A mart that means something narrower by it says
 * so: {@code column(Term.STORE, …).about("Store that sold")}.
 *
 * @param name of the column
 * @param type of its values
 * @param unit of its values, empty for those without
 * @param english heading
 * @param chinese heading in Chinese
 * @param description what it says, in a sentence without a full stop
 */
public record Term<T>(
    String name,
    ColumnType<T> type,
    String unit,
    String english,
    String chinese,
    String description) {
  public static final Term<LocalDate> MONTH =
      of("month", DATE).label("month", "月份").about("First day of the month");
  public static final Term<LocalDate> BUSINESS_DATE =
      of("business_date", DATE)
          .label("business date", "营业日")
          .about("Business day of the sales and of the returns");
  public static final Term<LocalDate> FIRST_SALE =
      of("first_sale", DATE_OR_NULL)
          .label("first sale", "首次销售日")
          .about("First business day with a sale, null with returns only");
  public static final Term<LocalDate> LAST_SALE =
      of("last_sale", DATE_OR_NULL)
          .label("last sale", "最近销售日")
          .about("Last business day with a sale, null with returns only");

  public static final Term<String> PROMOTION =
      of("promotion", CODE)
          .label("promotion", "促销")
          .about("Promotion, empty for placements that name none");

  public static final Term<String> STORE = of("store", CODE).label("store", "门店").about("Store");
  public static final Term<String> STORE_OF_SALE = STORE.about("Store that sold");
  public static final Term<String> STORE_OF_TURNOVER = STORE.about("Store that sold or took back");
  public static final Term<String> LEVEL =
      of("level", CODE)
          .label("level", "层级")
          .about("chain, region, format or store; choose one, levels do not add up");
  public static final Term<String> AREA =
      of("area", CODE)
          .label("area", "区域")
          .about("Region, format or store; empty for the chain and where the store tells none");
  public static final Term<String> TILL =
      of("till", CODE).label("till", "收银台").about("Till within the store");
  public static final Term<String> RECEIPT =
      of("receipt", TEXT).label("receipt", "小票").about("Receipt number of the till");

  public static final Term<String> GOODS = of("goods", TEXT).label("goods", "商品").about("Goods");
  public static final Term<String> DEPARTMENT =
      of("department", CODE)
          .label("department", "一级分类")
          .about("Category level 1, empty for unknown goods");
  public static final Term<String> CATEGORY =
      of("category", CODE)
          .label("category", "二级分类")
          .about("Category level 2, empty for unknown goods");
  public static final Term<String> TYPE =
      of("type", CODE)
          .label("type", "三级分类")
          .about("Category level 3, empty on other levels than type");
  public static final Term<String> BRAND =
      of("brand", CODE).label("brand", "品牌").about("Brand, empty on other levels than brand");
  public static final Term<String> LEVEL_OF_GROUPS =
      LEVEL.about("department, category, type or brand; choose one, levels do not add up");
  public static final Term<String> DEPARTMENT_OF_GROUPS =
      DEPARTMENT.about("Category level 1, empty for unknown goods and for brands");
  public static final Term<String> CATEGORY_OF_GROUPS =
      CATEGORY.about("Category level 2, empty on other levels than category and type");
  public static final Term<String> MEMBER =
      of("member", TEXT).label("member", "会员").about("Member");
  public static final Term<String> CARD =
      of("card", TEXT).label("member card", "会员卡").about("Card shown, empty for a non-member");
  public static final Term<Long> RECENCY_DAYS =
      of("recency_days", COUNT)
          .unit("days")
          .label("recency", "距最近购买天数")
          .about("Days from the last purchase to the last business day in the data");

  public static final Term<Long> RECEIPTS =
      of("receipts", COUNT).unit("receipts").label("receipts", "小票数").about("Receipts of sales");
  public static final Term<Long> RECEIPTS_OF_GROUPS =
      RECEIPTS.about(
          "Receipts of sales with the group; one receipt counts in each of its groups, so don't add them up over groups");
  public static final Term<Long> LINES =
      of("lines", COUNT).unit("lines").label("lines", "行数").about("Lines sold");
  public static final Term<BigDecimal> NET_QUANTITY =
      quantity("quantity").label("quantity", "数量").about("Quantity sold less quantity returned");
  public static final Term<BigDecimal> RETURNED_QUANTITY =
      quantity("returned_quantity")
          .label("returned quantity", "退货数量")
          .about("Quantity returned on the day");
  public static final Term<BigDecimal> RECEIVED =
      quantity("received").label("received", "收货").about("Deliveries");
  public static final Term<BigDecimal> TRANSFERRED =
      quantity("transferred")
          .label("transferred", "净调拨")
          .about("Transferred in less transferred out");
  public static final Term<BigDecimal> WRITTEN_OFF =
      quantity("written_off")
          .label("written off", "报损")
          .about("Spoiled, and any other way out that is no transfer");
  public static final Term<BigDecimal> SOLD =
      quantity("sold").label("sold", "销售数量").about("Quantity sold");
  public static final Term<BigDecimal> RETURNED =
      quantity("returned").label("returned", "退货数量").about("Quantity that customers brought back");
  public static final Term<BigDecimal> CHANGE =
      quantity("change").label("change", "变动").about("In less out, without what a count corrects");
  public static final Term<Double> LINES_PER_RECEIPT =
      of("lines_per_receipt", RATIO)
          .unit("lines")
          .label("lines per receipt", "单均行数")
          .about("Items per basket: lines per receipt");

  public static final Term<BigDecimal> LIST_SALES =
      money("list_sales")
          .label("list sales", "原价销售额")
          .about("Sales before discounts of the chain and before returns");
  public static final Term<BigDecimal> RETAIL_DISCOUNT =
      money("retail_discount")
          .label("retail discount", "门店折扣")
          .about("Discount granted by the chain, loyalty card included");
  public static final Term<BigDecimal> COUPON_DISCOUNT =
      money("coupon_discount")
          .label("coupon discount", "优惠券折扣")
          .about("Manufacturers' coupons, paid back to the chain");
  public static final Term<BigDecimal> COUPON_MATCH_DISCOUNT =
      money("coupon_match_discount")
          .label("coupon match discount", "优惠券加赠折扣")
          .about("What the chain adds to manufacturers' coupons");
  public static final Term<BigDecimal> NET_SALES =
      money("net_sales")
          .label("net sales", "净销售额")
          .about("What the chain receives: list sales less its discounts and returns");
  public static final Term<BigDecimal> NET_SALES_OF_MONTH =
      NET_SALES.about("What the chain receives, less returns of the month");
  public static final Term<BigDecimal> MONTH_BEFORE =
      money("month_before")
          .label("net sales of the month before", "上月净销售额")
          .about("Net sales of the month before, 0 without");
  public static final Term<Double> GROWTH_ON_MONTH =
      of("growth_on_month", RATIO_OR_NULL)
          .unit("change")
          .label("growth on month", "环比增长")
          .about("Change against the month before, 0.1 = 10 % more, null without sales then");
  public static final Term<BigDecimal> YEAR_BEFORE =
      money("year_before")
          .label("net sales of the year before", "去年同月净销售额")
          .about("Net sales of the same month of the year before, 0 without");
  public static final Term<Double> GROWTH_ON_YEAR =
      of("growth_on_year", RATIO_OR_NULL)
          .unit("change")
          .label("growth on year", "同比增长")
          .about("Change against the same month of the year before, null without sales then");
  public static final Term<BigDecimal> TARGETED_SALES =
      money("targeted_sales")
          .label("net sales of stores with a target", "有目标门店净销售额")
          .about("Net sales of the stores that have a target for the month");
  public static final Term<Double> TARGET_REACHED =
      of("target_reached", RATIO_OR_NULL)
          .unit("share")
          .label("target reached", "目标完成率")
          .about(
              "Net sales of the stores with a target as a part of their targets, 1 = reached, null without one");
  public static final Term<BigDecimal> TARGET =
      money("target").label("target", "目标").about("Target for whole stores, 0 without one");
  public static final Term<BigDecimal> RETURNS =
      money("returns")
          .label("returns", "退货金额")
          .about("What the chain gave up for goods returned on the day");
  public static final Term<BigDecimal> RETURNS_OF_MONTH =
      RETURNS.about("What the chain gave up for goods returned in the month");
  public static final Term<BigDecimal> COSTED_SALES =
      money("costed_sales")
          .label("net sales with cost", "有成本的净销售额")
          .about("Net sales where the cost is known: gross margin = this less cost");
  public static final Term<BigDecimal> COST =
      of("cost", MONEY_OR_NULL)
          .unit("currency")
          .label("cost", "成本")
          .about("Cost of what was sold, null where nobody told it");
  public static final Term<BigDecimal> GROSS_MARGIN =
      of("gross_margin", MONEY_OR_NULL)
          .unit("currency")
          .label("gross margin", "毛利")
          .about("Net sales of goods whose cost is known less their cost, null where none is");
  public static final Term<Double> AVERAGE_RECEIPT =
      of("average_receipt", RATIO)
          .unit("currency")
          .label("average receipt", "客单价")
          .about("Sales before returns per receipt, 0 without receipts");

  public static final Term<BigDecimal> DEPOSITS =
      money("deposits").label("deposits", "充值").about("Paid in at issue and by deposits");
  public static final Term<BigDecimal> BONUS =
      money("bonus").label("bonus", "赠送金额").about("Bonus that the chain added");
  public static final Term<BigDecimal> SPENT =
      money("spent").label("spent", "消费").about("Spent at tills");
  public static final Term<BigDecimal> WITHDRAWN =
      money("withdrawn").label("withdrawn", "取现").about("Paid out, cancellations included");

  /** A term that its label, description and unit have yet to be said of. */
  public static <T> Term<T> of(String name, ColumnType<T> type) {
    return new Term<>(name, type, "", "", "", "");
  }

  private static Term<BigDecimal> money(String name) {
    return of(name, MONEY).unit("currency");
  }

  private static Term<BigDecimal> quantity(String name) {
    return of(name, QUANTITY).unit("pieces or kg");
  }

  /** The same under another name. */
  public Term<T> named(String other) {
    return new Term<>(other, type, unit, english, chinese, description);
  }

  /** The same with other headings. */
  public Term<T> label(String english, String chinese) {
    return new Term<>(name, type, unit, english, chinese, description);
  }

  /** The same with another meaning. */
  public Term<T> about(String description) {
    return new Term<>(name, type, unit, english, chinese, description);
  }

  /** The same in another unit. */
  public Term<T> unit(String unit) {
    return new Term<>(name, type, unit, english, chinese, description);
  }
}
