package storefact.mart.money;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.derived;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.YES_NO;
import static storefact.mart.sales.ReceiptSales.RECEIPT_SALES;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;
import static storefact.warehouse.jooq.dw.Tables.CARD_EVENT;
import static storefact.warehouse.jooq.dw.Tables.POINTS_EVENT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.mart.Term;

/**
 * One row per store, business day, entry and payment kind: what came in and went out.
 *
 * <p>A receipt that was paid by several kinds is split: the stored-value card by its events, points
 * by what they were worth, manufacturers' coupons by their discount, the rest is the other kind's.
 * All kinds of a sale together are its net sales.
 */
public final class CashBook extends Mart {
  private static final String PARTS = "parts";
  private static final String CARD = "by_card";
  private static final String POINTS = "by_points";
  private static final Field<BigDecimal> NOTHING = field("toDecimal64(0, 2)", BigDecimal.class);
  private static final Field<Boolean> MONEY_MOVES =
      field(
          "{0} NOT IN ('stored card', 'points', 'manufacturer coupon')",
          Boolean.class, of("payment", String.class));

  /** The mart. */
  public static final CashBook CASH_BOOK = new CashBook();

  public final MartColumn<String> store =
      column(Term.STORE, of("store", String.class)).about("Store, empty outside of stores");
  public final MartColumn<LocalDate> businessDate =
      column(Term.BUSINESS_DATE, of("business_date", LocalDate.class)).about("Business day");
  public final MartColumn<String> entry =
      column("entry", CODE, of("entry", String.class))
          .label("entry", "收支项目")
          .about("sale, return, card deposit or card withdrawal (cancelled cards included)");
  public final MartColumn<String> payment =
      column("payment", CODE, of("payment", String.class))
          .label("payment kind", "支付方式")
          .about(
              "Payment kind of sales; manufacturer coupon is a claim on manufacturers, unknown where the till does not tell; empty for other entries");
  public final MartColumn<Boolean> money =
      column("money", YES_NO, MONEY_MOVES)
          .label("money moves", "涉及现金流")
          .about(
              "False for what is paid by a debt of the chain (stored card, points) or owed by manufacturers");
  public final MartColumn<Long> entries =
      column("entries", COUNT, count())
          .unit("entries")
          .label("entries", "笔数")
          .about("Receipts with the payment kind, or events");
  public final MartColumn<BigDecimal> amountIn =
      column("amount_in", MONEY, sum(of("amount_in", BigDecimal.class)))
          .unit("currency")
          .label("in", "收入")
          .about("What came in");
  public final MartColumn<BigDecimal> amountOut =
      column("amount_out", MONEY, sum(of("amount_out", BigDecimal.class)))
          .unit("currency")
          .label("out", "支出")
          .about("What went out");

  private CashBook() {
    super(
        "cash_book",
        "One row per store, business day, entry and payment kind: what came in and went out",
        "每门店、营业日、收支项目和支付方式一行：收入与支出");
    owner("finance");
    freshWithin(Duration.ofHours(24));
    grain(store, businessDate, entry, payment);
    partitionedByMonth(businessDate);
  }

  private static <T> Field<T> of(String column, Class<T> type) {
    return derived(PARTS, column, type);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(
            DSL.table(
                "({0} UNION ALL {1} UNION ALL {2}) AS {3}",
                sales(slice), returned(slice), cardEvents(slice), DSL.name(PARTS)))
        .groupBy(
            of("store", String.class),
            of("business_date", LocalDate.class),
            of("entry", String.class),
            of("payment", String.class));
  }

  private static Select<?> sales(Slice slice) {
    Field<String> kind = field("tupleElement({0}, 1)", String.class, DSL.name("part"));
    Field<BigDecimal> amount = field("tupleElement({0}, 2)", BigDecimal.class, DSL.name("part"));
    return DSL.select(
            field("store").as("store"),
            field("business_date").as("business_date"),
            inline("sale").as("entry"),
            kind.as("payment"),
            amount.as("amount_in"),
            NOTHING.as("amount_out"))
        .from(DSL.table("({0})", paidParts(slice)))
        .where(amount.ne(inline(BigDecimal.ZERO)));
  }

  private static Select<?> paidParts(Slice slice) {
    Field<BigDecimal> card = ifPaidBy("stored card", derived(CARD, "amount", BigDecimal.class));
    Field<BigDecimal> points = ifPaidBy("points", derived(POINTS, "amount", BigDecimal.class));
    Field<BigDecimal> coupon =
        field("toDecimal64({0}, 2)", BigDecimal.class, RECEIPT_SALES.couponDiscount);
    Field<BigDecimal> rest =
        field(
            "toDecimal64({0} - {1} - {2} - {3}, 2)",
            BigDecimal.class, RECEIPT_SALES.netSales, RECEIPT_SALES.couponDiscount, card, points);
    Field<String> moneyKind =
        field(
            "arrayStringConcat(arrayFilter(k -> k NOT IN ('', 'stored card', 'points'), splitByChar('+', toString({0}))), '+')",
            String.class, RECEIPT_SALES.payment);
    return DSL.select(
            RECEIPT_SALES.store.as("store"),
            RECEIPT_SALES.businessDate.as("business_date"),
            field(
                    "arrayJoin([(if({0} = '', 'unknown', {0}), {1}), ('stored card', {2}), ('points', {3}), ('manufacturer coupon', {4})])",
                    Object.class, moneyKind, rest, card, points, coupon)
                .as("part"))
        .from(
            RECEIPT_SALES
                .table()
                .leftJoin(DSL.table("({0}) AS {1}", spent(slice), DSL.name(CARD)))
                .on(sameReceipt(CARD))
                .leftJoin(DSL.table("({0}) AS {1}", redeemed(slice), DSL.name(POINTS)))
                .on(sameReceipt(POINTS)))
        .where(slice.covers(RECEIPT_SALES.businessDate))
        .and(RECEIPT_SALES.sale());
  }

  private static Select<?> spent(Slice slice) {
    return DSL.select(
            CARD_EVENT.STORE,
            CARD_EVENT.BUSINESS_DATE,
            CARD_EVENT.RECEIPT,
            sum(CARD_EVENT.AMOUNT).as("amount"))
        .from(CARD_EVENT)
        .where(slice.covers(CARD_EVENT.BUSINESS_DATE))
        .and(CARD_EVENT.KIND.eq("spend"))
        .groupBy(CARD_EVENT.STORE, CARD_EVENT.BUSINESS_DATE, CARD_EVENT.RECEIPT);
  }

  private static Select<?> redeemed(Slice slice) {
    return DSL.select(
            POINTS_EVENT.STORE,
            POINTS_EVENT.BUSINESS_DATE,
            POINTS_EVENT.RECEIPT,
            sum(POINTS_EVENT.CASH).as("amount"))
        .from(POINTS_EVENT)
        .where(slice.covers(POINTS_EVENT.BUSINESS_DATE))
        .and(POINTS_EVENT.KIND.eq("redeem_cash"))
        .groupBy(POINTS_EVENT.STORE, POINTS_EVENT.BUSINESS_DATE, POINTS_EVENT.RECEIPT);
  }

  /** Events name a receipt by store, day and number. */
  private static Condition sameReceipt(String events) {
    return derived(events, "store", String.class)
        .eq(RECEIPT_SALES.store)
        .and(derived(events, "business_date", LocalDate.class).eq(RECEIPT_SALES.businessDate))
        .and(derived(events, "receipt", String.class).eq(RECEIPT_SALES.receipt));
  }

  private static Field<BigDecimal> ifPaidBy(String kind, Field<BigDecimal> amount) {
    return field(
        "if(has(splitByChar('+', toString({0})), {1}), toDecimal64({2}, 2), toDecimal64(0, 2))",
        BigDecimal.class, RECEIPT_SALES.payment, inline(kind), amount);
  }

  private static Select<?> returned(Slice slice) {
    return DSL.select(
            RECEIPT_SALES.store,
            RECEIPT_SALES.businessDate,
            inline("return"),
            inline(""),
            NOTHING,
            field("toDecimal64({0}, 2)", BigDecimal.class, RECEIPT_SALES.netSales.neg()))
        .from(RECEIPT_SALES.table())
        .where(slice.covers(RECEIPT_SALES.businessDate))
        .and(RECEIPT_SALES.kind.eq("return"));
  }

  private static Select<?> cardEvents(Slice slice) {
    Condition in = CARD_EVENT.KIND.in("issue", "deposit");
    return DSL.select(
            CARD_EVENT.STORE,
            CARD_EVENT.BUSINESS_DATE,
            field("if({0}, 'card deposit', 'card withdrawal')", String.class, in),
            inline(""),
            field("if({0}, {1}, {2})", BigDecimal.class, in, CARD_EVENT.AMOUNT, NOTHING),
            field("if({0}, {1}, {2})", BigDecimal.class, in, NOTHING, CARD_EVENT.AMOUNT))
        .from(CARD_EVENT)
        .where(slice.covers(CARD_EVENT.BUSINESS_DATE))
        .and(CARD_EVENT.KIND.in("issue", "deposit", "withdraw", "cancel"))
        .and(CARD_EVENT.AMOUNT.ne(BigDecimal.ZERO));
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(entry, List.of("sale", "return", "card deposit", "card withdrawal")),
        Check.same(
            name(),
            "sales and returns are the net sales",
            DSL.select(monthOf(businessDate), store, sum(amountIn), sum(amountOut))
                .from(table())
                .where(entry.in("sale", "return"))
                .groupBy(monthOf(businessDate), store),
            DSL.select(
                    monthOf(RECEIPT_STATISTICS.businessDate),
                    RECEIPT_STATISTICS.store,
                    sum(RECEIPT_STATISTICS.netSales).plus(sum(RECEIPT_STATISTICS.returns)),
                    sum(RECEIPT_STATISTICS.returns))
                .from(RECEIPT_STATISTICS.table())
                .groupBy(monthOf(RECEIPT_STATISTICS.businessDate), RECEIPT_STATISTICS.store)
                .having(
                    sum(RECEIPT_STATISTICS.netSales)
                        .ne(BigDecimal.ZERO)
                        .or(sum(RECEIPT_STATISTICS.returns).ne(BigDecimal.ZERO)))));
  }
}
