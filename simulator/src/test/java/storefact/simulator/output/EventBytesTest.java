package storefact.simulator.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.EventWriter;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.SalesLine;

class EventBytesTest {

  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);

  /** The quick writer is right where a reader cannot tell it from the contract's own. */
  @ParameterizedTest
  @EnumSource(LineFormat.class)
  void readsTheSameAsTheContractsWriter(LineFormat format) throws IOException {
    Random random = new Random(11);
    List<SalesLine> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(line(random));
    }
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    try (EventBytes bytes = new EventBytes(SALES, format, ours);
        EventWriter<SalesLine> writer = new EventWriter<>(SALES, format, theirs)) {
      for (SalesLine line : lines) {
        write(bytes, line);
        writer.write(line);
      }
      assertThat(bytes.lines()).isEqualTo(format == LineFormat.CSV ? 5_001 : 5_000);
    }
    assertThat(read(ours, format)).isEqualTo(read(theirs, format)).hasSize(5_000);
  }

  @ParameterizedTest
  @EnumSource(LineFormat.class)
  void takesTheLastEventBack(LineFormat format) throws IOException {
    Random random = new Random(12);
    SalesLine first = line(random);
    SalesLine second = line(random);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EventBytes bytes = new EventBytes(SALES, format, out)) {
      write(bytes, first);
      write(bytes, second);
      byte[] taken = bytes.retract();
      write(bytes, first);
      bytes.line(taken);
    }
    assertThat(read(out, format)).isEqualTo(read(written(format, first, first, second), format));
  }

  @ParameterizedTest
  @EnumSource(LineFormat.class)
  void refusesMoreDecimalsThanTheField(LineFormat format) throws IOException {
    try (EventBytes bytes = new EventBytes(SALES, format, new ByteArrayOutputStream())) {
      bytes.begin();
      assertThatThrownBy(() -> bytes.decimal(EventBytes.ordinal(SALES, "net_amount"), 12_345, 3))
          .hasMessageContaining("scale 3");
    }
  }

  private static ByteArrayOutputStream written(LineFormat format, SalesLine... lines)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EventWriter<SalesLine> writer = new EventWriter<>(SALES, format, out)) {
      for (SalesLine line : lines) {
        writer.write(line);
      }
    }
    return out;
  }

  private static SalesLine line(Random random) {
    LocalDate date = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(700));
    return new SalesLine(
        "S" + random.nextInt(9_999),
        date,
        Integer.toString(1 + random.nextInt(12)),
        Long.toString(random.nextLong(1L << 40)),
        1 + random.nextInt(3_000),
        date.atTime(0, 0).toInstant(java.time.ZoneOffset.UTC).plusSeconds(random.nextInt(80_000)),
        random.nextBoolean() ? Optional.of("E" + random.nextInt(100)) : Optional.empty(),
        random.nextBoolean() ? Optional.of("C" + random.nextLong(1L << 33)) : Optional.empty(),
        "G" + random.nextInt(99_999),
        BigDecimal.valueOf(random.nextInt(10_000), 3),
        Optional.of(BigDecimal.valueOf(random.nextInt(10_000_000), 2)),
        Optional.of(BigDecimal.valueOf(random.nextInt(1_000), 2)),
        BigDecimal.valueOf(random.nextLong(1L << (1 + random.nextInt(40))), 2),
        BigDecimal.valueOf(random.nextInt(3), 2),
        BigDecimal.valueOf(random.nextInt(3), 2),
        BigDecimal.valueOf(random.nextInt(3), 2),
        random.nextBoolean() ? Optional.of("PR00001") : Optional.empty(),
        random.nextBoolean() ? Optional.of("stored card+wechat") : Optional.empty(),
        1 + random.nextInt(2),
        random.nextBoolean());
  }

  private static void write(EventBytes out, SalesLine line) throws IOException {
    out.begin();
    text(out, "store", line.store());
    out.date(at("business_date"), (int) line.businessDate().toEpochDay());
    text(out, "till", line.till());
    out.text(at("receipt"), new byte[0], Long.parseLong(line.receipt()));
    out.integer(at("line"), line.line());
    out.time(at("sold_at"), line.soldAt().getEpochSecond());
    line.cashier().ifPresent(cashier -> text(out, "cashier", cashier));
    line.card().ifPresent(card -> text(out, "card", card));
    text(out, "goods", line.goods());
    decimal(out, "quantity", line.quantity(), 3);
    decimal(out, "unit_price", line.unitPrice().orElseThrow(), 2);
    decimal(out, "list_price", line.listPrice().orElseThrow(), 2);
    decimal(out, "net_amount", line.netAmount(), 2);
    decimal(out, "retail_discount", line.retailDiscount(), 2);
    decimal(out, "coupon_discount", line.couponDiscount(), 2);
    decimal(out, "coupon_match_discount", line.couponMatchDiscount(), 2);
    line.promotion().ifPresent(promotion -> text(out, "promotion", promotion));
    line.payment().ifPresent(payment -> text(out, "payment", payment));
    out.integer(at("version"), line.version());
    out.flag(at("voided"), line.voided());
    out.end();
  }

  private static int at(String field) {
    return EventBytes.ordinal(SALES, field);
  }

  private static void text(EventBytes out, String field, String text) {
    out.text(at(field), text.getBytes(StandardCharsets.UTF_8));
  }

  private static void decimal(EventBytes out, String field, BigDecimal value, int scale) {
    out.decimal(at(field), value.movePointRight(scale).longValueExact(), scale);
  }

  private static List<SalesLine> read(ByteArrayOutputStream out, LineFormat format) {
    EventBatch batch = new EventBatch(SALES, 16);
    LineParser parser = LineParser.of(SALES, format, _ -> true);
    long number = 0;
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      parser.take(batch, bytes, 0, bytes.length, ++number);
    }
    assertThat(batch.rejections()).isEmpty();
    List<SalesLine> lines = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      lines.add(SALES.read(batch, row));
    }
    return lines;
  }
}
