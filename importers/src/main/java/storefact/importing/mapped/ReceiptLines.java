package storefact.importing.mapped;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import storefact.event.Field;
import storefact.event.Reason;

/** Rows into sales and return lines, by the mapping's rules. Not thread-safe. */
final class ReceiptLines {

  /**
   * Where a row tells no receipt, its line number begins here, so that once mended it does not fall
   * upon another line.
   */
  static final long LINE_OF_UNKNOWN_RECEIPT = 1_000_000_000L;

  private static final int MONEY_SCALE = 2;
  private static final int PRICE_SCALE = 4;

  /**
   * One receipt line.
   *
   * @param isReturn whether it is a return line, else a sales line
   * @param texts by field of that stream
   * @param originalKey for finding the sale of a return, if that can be tried
   * @param at moment of the sale or return
   * @param quantity as in the texts
   */
  record Line(
      boolean isReturn,
      Map<String, String> texts,
      OptionalLong originalKey,
      Instant at,
      BigDecimal quantity) {}

  /** What a row says about amounts, and what it is. */
  private record Amounts(
      boolean isReturn, BigDecimal quantity, BigDecimal net, Optional<BigDecimal> price) {}

  /** Computed here, or of a kind of its own; the other fields are taken as they come. */
  private static final Set<String> OWN =
      Set.of(
          "quantity",
          "unit_price",
          "list_price",
          "net_amount",
          "sold_at",
          "business_date",
          "card",
          "line");

  private static final Set<String> SALE_ONLY =
      Set.of(
          "cashier",
          "retail_discount",
          "coupon_discount",
          "coupon_match_discount",
          "promotion",
          "payment");

  private final Mapping.Lines rules;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Optional<RowCondition> returned;
  private final int lineColumn;
  private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
  private final LongOpenHashSet rows = new LongOpenHashSet();
  private final LongOpenHashSet keys = new LongOpenHashSet();

  ReceiptLines(Mapping.Lines rules, Mapping mapping, Header header) throws MappingException {
    this.rules = rules;
    Map<String, Field> fields = Mapping.lineFields();
    for (Map.Entry<String, FieldRule> pair : rules.fields().entrySet()) {
      Field field = fields.get(pair.getKey());
      values.put(pair.getKey(), new Value(pair.getValue(), field, header, mapping));
    }
    this.returned =
        rules.returns().when().isPresent()
            ? Optional.of(new RowCondition(rules.returns().when().get(), header))
            : Optional.empty();
    this.lineColumn = header.isRejects() ? header.find(Header.LINE) : -1;
  }

  void addDateColumns(Set<Integer> into) {
    values.values().forEach(value -> value.addDateColumns(into));
  }

  private String text(String field, List<String> cells, Findings findings)
      throws RefusedRowException {
    Value value = values.get(field);
    return value == null ? "" : value.text(cells, findings);
  }

  private Optional<BigDecimal> number(String field, List<String> cells, Findings findings)
      throws RefusedRowException {
    Value value = values.get(field);
    return value == null ? Optional.empty() : value.number(cells, findings);
  }

  /**
   * The line number of a row, given to every row whatever becomes of it: so it stays the same when
   * the rules of the mapping change. Has to be called once a row.
   */
  String lineNumber(SourceRow row) {
    if (lineColumn >= 0 && !Value.cell(row.cells(), lineColumn).isEmpty()) {
      return Value.cell(row.cells(), lineColumn);
    }
    Findings unheard = new Findings();
    try {
      if (values.containsKey("line")) {
        return text("line", row.cells(), unheard);
      }
      String receipt = text("receipt", row.cells(), unheard);
      if (!receipt.isEmpty()) {
        long key =
            Fingerprint.of(
                text("store", row.cells(), unheard),
                text("till", row.cells(), unheard),
                receipt,
                businessDate(row.cells()));
        // Receipts that share a fingerprint share a count: gaps, but never the same line twice.
        return Integer.toString(numbers.addTo(key, 1) + 1);
      }
    } catch (RefusedRowException e) {
      // The row is refused for the same reason when it is read.
    }
    return Long.toString(LINE_OF_UNKNOWN_RECEIPT + row.number());
  }

  private String businessDate(List<String> cells) throws RefusedRowException {
    Value day = values.get("business_date");
    if (day != null) {
      Optional<SourceDates.Said> said = day.date(cells);
      if (said.isPresent()) {
        return said.get().day().toString();
      }
    }
    Value moment = values.get("sold_at");
    if (moment != null) {
      Optional<SourceDates.Said> said = moment.date(cells);
      if (said.isPresent()) {
        return moment.dates().businessDay(said.get()).toString();
      }
    }
    return "";
  }

  private Optional<Instant> moment(List<String> cells, Findings findings)
      throws RefusedRowException {
    Value moment = values.getOrDefault("sold_at", values.get("business_date"));
    Optional<SourceDates.Said> said = moment.date(cells);
    if (said.isPresent() && said.get().time().isEmpty()) {
      findings.odd(Finding.NO_TIME, moment.field().name());
    }
    return said.map(moment.dates()::moment);
  }

  /** What the row has in common with its sale, where it is a return and tells its customer. */
  OptionalLong returnKey(List<String> cells) {
    Findings unheard = new Findings();
    try {
      Amounts amounts = amounts(cells, unheard);
      return amounts.isReturn() ? originalKey(cells, amounts) : OptionalLong.empty();
    } catch (RefusedRowException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong originalKey(List<String> cells, Amounts amounts) throws RefusedRowException {
    Findings unheard = new Findings();
    String card = text("card", cells, unheard);
    boolean named = !text("original_receipt", cells, unheard).isEmpty();
    if (!rules.returns().findOriginal() || named || card.isEmpty() || amounts.price().isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Originals.key(card, text("goods", cells, unheard), amounts.price().get()));
  }

  /**
   * The line that a row is.
   *
   * @param lineNumber from {@link #lineNumber}
   * @throws RefusedRowException if the row cannot, or shall not, be taken
   */
  Line read(SourceRow row, String lineNumber, Findings findings) throws RefusedRowException {
    List<String> cells = row.cells();
    repeated(cells, findings);
    String goods = text("goods", cells, findings);
    if (rules.services().contains(goods)) {
      String detail =
          "goods "
              + goods
              + rules
                  .services()
                  .codes()
                  .getOrDefault(goods, "")
                  .transform(words -> words.isEmpty() ? "" : ": " + words);
      weigh(Finding.SERVICE_CODE, rules.services().rule(), detail, findings);
    }
    Amounts amounts = amounts(cells, findings);
    String card = text("card", cells, findings);
    if (card.isEmpty()) {
      weigh(Finding.CUSTOMER_MISSING, rules.customerMissing(), "card is empty", findings);
    }
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, Value> pair : values.entrySet()) {
      String field = pair.getKey();
      boolean returnOnly = field.startsWith("original_") || field.equals("reason");
      if (!OWN.contains(field) && !(amounts.isReturn() ? SALE_ONLY.contains(field) : returnOnly)) {
        texts.put(field, pair.getValue().text(cells, findings));
      }
    }
    Instant at =
        moment(cells, findings)
            .orElseThrow(
                () -> RefusedRowException.rejected(Reason.MISSING_FIELD, "the date is empty"));
    texts.put("card", card);
    texts.put("line", lineNumber);
    texts.put("business_date", businessDate(cells));
    texts.put(amounts.isReturn() ? "returned_at" : "sold_at", at.toString());
    texts.put("quantity", amounts.quantity().toPlainString());
    texts.put("net_amount", amounts.net().toPlainString());
    if (!amounts.isReturn()) {
      number("unit_price", cells, findings)
          .ifPresent(price -> texts.put("unit_price", price.toPlainString()));
      number("list_price", cells, findings)
          .ifPresent(price -> texts.put("list_price", price.toPlainString()));
    }
    return new Line(amounts.isReturn(), texts, originalKey(cells, amounts), at, amounts.quantity());
  }

  private void repeated(List<String> cells, Findings findings) throws RefusedRowException {
    if (lineColumn < 0 && !rows.add(Fingerprint.of(cells))) {
      weigh(Finding.REPEATED_ROW, rules.duplicates(), "the same row stands before", findings);
    }
  }

  /**
   * Tells whether a source that numbers its lines uses a number twice. To be asked for lines that
   * are taken.
   *
   * @throws RefusedRowException if it does
   */
  void requireNewKey(Line line) throws RefusedRowException {
    if (!values.containsKey("line")) {
      return;
    }
    Map<String, String> texts = line.texts();
    long key =
        Fingerprint.of(
            line.isReturn() ? "return" : "sale",
            texts.get("store"),
            texts.get("business_date"),
            texts.get("till"),
            texts.get("receipt"),
            texts.get("line"));
    if (!keys.add(key)) {
      throw RefusedRowException.rejected(
          Finding.REPEATED_KEY,
          "receipt '" + texts.get("receipt") + "' has line " + texts.get("line") + " already");
    }
  }

  private static void weigh(Finding finding, Mapping.Rule rule, String detail, Findings findings)
      throws RefusedRowException {
    switch (rule) {
      case TAKE -> findings.odd(finding, detail);
      case REJECT -> throw RefusedRowException.rejected(finding, detail);
      case LEAVE_OUT -> throw RefusedRowException.leftOut(Cause.of(finding), detail);
    }
  }

  private Amounts amounts(List<String> cells, Findings findings) throws RefusedRowException {
    BigDecimal quantity =
        number("quantity", cells, findings)
            .orElseThrow(
                () -> RefusedRowException.rejected(Reason.MISSING_FIELD, "quantity is empty"));
    Optional<BigDecimal> unit = number("unit_price", cells, findings);
    Optional<BigDecimal> list = number("list_price", cells, findings);
    Optional<BigDecimal> said = number("net_amount", cells, findings);
    boolean isReturn = isMarked(cells);
    if (!isReturn && quantity.signum() < 0) {
      weigh(
          Finding.NEGATIVE_QUANTITY,
          rules.returns().negativeQuantity(),
          "quantity " + quantity.toPlainString(),
          findings);
      isReturn = true;
    }
    Optional<BigDecimal> price = unit.or(() -> list);
    BigDecimal net = said.orElseGet(() -> BigDecimal.ZERO);
    if (said.isEmpty()) {
      BigDecimal each =
          price.orElseThrow(
              () ->
                  RefusedRowException.rejected(
                      Reason.MISSING_FIELD, "neither net amount nor price is told"));
      BigDecimal discount =
          unit.isPresent()
              ? BigDecimal.ZERO
              : number("retail_discount", cells, findings).orElse(BigDecimal.ZERO);
      net = quantity.multiply(each).subtract(discount).setScale(MONEY_SCALE, RoundingMode.HALF_UP);
    }
    BigDecimal judged = price.orElse(isReturn ? net.abs() : net);
    if (judged.signum() < 0) {
      weigh(
          Finding.PRICE_NEGATIVE,
          // A negative price brought back would be money that comes in: nothing that a line can
          // say.
          isReturn ? Mapping.Rule.REJECT : rules.priceNegative(),
          "price " + judged.toPlainString(),
          findings);
      findings.odd(Finding.ADJUSTMENT, "amount " + net.abs().toPlainString());
      return new Amounts(true, BigDecimal.ZERO, net.abs(), Optional.empty());
    } else if (judged.signum() == 0) {
      weigh(Finding.PRICE_ZERO, rules.priceZero(), "price 0", findings);
    }
    if (isReturn) {
      findings.odd(Finding.RETURN, "quantity " + quantity.toPlainString());
      net = net.abs();
      quantity = quantity.abs();
    }
    return new Amounts(isReturn, quantity, net, Optional.of(price(price, net, quantity)));
  }

  private static BigDecimal price(Optional<BigDecimal> price, BigDecimal net, BigDecimal quantity) {
    if (price.isPresent() || quantity.signum() == 0) {
      return price.orElse(net);
    }
    return net.divide(quantity, PRICE_SCALE, RoundingMode.HALF_UP);
  }

  private boolean isMarked(List<String> cells) throws RefusedRowException {
    if (returned.isPresent() && returned.get().matches(cells)) {
      return true;
    }
    return rules.returns().receipt().isPresent()
        && rules.returns().receipt().get().matcher(text("receipt", cells, new Findings())).find();
  }
}
