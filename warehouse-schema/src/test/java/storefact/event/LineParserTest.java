package storefact.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to reject has an example; the quick way and the thorough way are one. */
class LineParserTest {

  static final String GOOD_JSON =
      """
      {"store":"S1","business_date":"2026-02-28","till":"T1","receipt":"R1","line":1,\
      "sold_at":"2026-02-28T18:30:00Z","goods":"G1","quantity":1.5,"net_amount":9.90,"card":"C1"}""";

  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);
  private static final String HEADER =
      "store,business_date,till,receipt,line,sold_at,goods,quantity,net_amount,card";
  private static final String GOOD_CSV =
      "S1,2026-02-28,T1,R1,1,2026-02-28T18:30:00Z,G1,1.5,9.90,C1";
  private static final int ROUNDS = 3_000;

  private static Arguments bad(Reason reason, LineFormat format, String from, String to) {
    String good = format == LineFormat.NDJSON ? GOOD_JSON : GOOD_CSV;
    assertThat(good).contains(from);
    return Arguments.of(reason, format, good.replace(from, to).getBytes(UTF_8));
  }

  private static Arguments json(Reason reason, String from, String to) {
    return bad(reason, LineFormat.NDJSON, from, to);
  }

  private static Arguments csv(Reason reason, String from, String to) {
    return bad(reason, LineFormat.CSV, from, to);
  }

  static Stream<Arguments> badLines() {
    return Stream.of(
        json(Reason.NUL_BYTE, "R1", "R\u0000"),
        json(Reason.NUL_BYTE, "R1", "R\\u0000"),
        Arguments.of(
            Reason.NOT_UTF8,
            LineFormat.NDJSON,
            GOOD_JSON.replace("R1", "微信").getBytes(Charset.forName("GBK"))),
        json(Reason.NOT_UTF8, "R1", "R\\ud800"),
        json(Reason.BROKEN_JSON, "\"C1\"}", "\"C1\""),
        json(Reason.BROKEN_JSON, "{", "["),
        json(Reason.BROKEN_JSON, "\"C1\"}", "\"C1\"} {}"),
        json(Reason.BROKEN_JSON, "\"C1\"}", "\"C1\"}}"),
        json(Reason.BROKEN_JSON, "\"line\":1", "\"line\":01"),
        json(Reason.BROKEN_JSON, "\"line\":1", "\"line\":NaN"),
        json(Reason.BROKEN_JSON, "\"line\":1", "line:1"),
        json(Reason.UNKNOWN_FIELD, "\"card\"", "\"colour\""),
        json(Reason.DUPLICATE_FIELD, "\"card\":\"C1\"", "\"card\":\"C1\",\"till\":\"T1\""),
        json(Reason.MISSING_FIELD, "\"till\":\"T1\",", ""),
        json(Reason.MISSING_FIELD, "\"T1\"", "null"),
        json(Reason.MISSING_FIELD, "\"T1\"", "\"\""),
        json(Reason.WRONG_TYPE, "\"T1\"", "1"),
        json(Reason.WRONG_TYPE, "\"T1\"", "{\"a\":[1,2]}"),
        json(Reason.WRONG_TYPE, "9.90", "\"9.90\""),
        json(Reason.WRONG_TYPE, "9.90", "true"),
        json(Reason.WRONG_TYPE, "\"card\":\"C1\"", "\"voided\":\"false\""),
        json(Reason.NOT_A_DATE, "\"2026-02-28\"", "\"2026-02-29\""),
        json(Reason.NOT_A_DATE, "\"2026-02-28\"", "\"28.2.2026\""),
        json(Reason.NOT_A_DATE, "18:30:00Z", "25:30:00Z"),
        json(Reason.NOT_A_DATE, "18:30:00Z", "18:30:00"),
        json(Reason.NEGATIVE_ZERO, "9.90", "-0"),
        json(Reason.NEGATIVE_ZERO, "9.90", "-0.00"),
        json(Reason.NEGATIVE_ZERO, "9.90", "-0e3"),
        json(Reason.TOO_MANY_DECIMALS, "9.90", "9.901"),
        json(Reason.OUT_OF_RANGE, "9.90", "99999999999999999"),
        json(Reason.OUT_OF_RANGE, "9.90", "1e400"),
        json(Reason.OUT_OF_RANGE, "9.90", "1e99999999999"),
        json(Reason.OUT_OF_RANGE, "9.90", "9".repeat(2_000)),
        json(Reason.OUT_OF_RANGE, "\"card\":\"C1\"", "\"unit_price\":100000000000000"),
        json(Reason.OUT_OF_RANGE, "\"card\":\"C1\"", "\"unit_price\":999999999999999"),
        json(Reason.OUT_OF_RANGE, "\"line\":1", "\"line\":4294967296"),
        json(Reason.OUT_OF_RANGE, "\"line\":1", "\"line\":-1"),
        json(Reason.OUT_OF_RANGE, "\"2026-02-28\"", "\"1969-12-31\""),
        json(Reason.OUT_OF_RANGE, "\"2026-02-28T", "\"2206-02-28T"),
        json(Reason.OUT_OF_RANGE, "\"S1\"", "\"" + "S".repeat(33) + "\""),
        json(Reason.OUT_OF_RANGE, "\"S1\"", "\"" + "店".repeat(11) + "\""),
        json(Reason.BELOW_MINIMUM, "9.90", "-0.01"),
        json(Reason.DATES_APART, "\"2026-02-28\"", "\"2026-03-03\""),
        json(Reason.UNKNOWN_STORE, "\"S1\"", "\"S2\""),
        csv(Reason.NUL_BYTE, "R1", "R\u0000"),
        Arguments.of(
            Reason.NOT_UTF8,
            LineFormat.CSV,
            GOOD_CSV.replace("R1", "微信").getBytes(Charset.forName("GBK"))),
        csv(Reason.BROKEN_CSV, "R1", "\"R1"),
        csv(Reason.BROKEN_CSV, "R1", "R\"1"),
        csv(Reason.BROKEN_CSV, "R1", "\"R\"1"),
        csv(Reason.BROKEN_CSV, ",C1", ""),
        csv(Reason.BROKEN_CSV, ",C1", ",C1,"),
        csv(Reason.MISSING_FIELD, ",T1,", ",,"),
        csv(Reason.WRONG_TYPE, "9.90", "9,90".replace(',', ';')),
        csv(Reason.NOT_A_DATE, "2026-02-28,", "2026-02-30,"),
        csv(Reason.NEGATIVE_ZERO, "9.90", "-0"),
        csv(Reason.TOO_MANY_DECIMALS, "9.90", "9.901"),
        csv(Reason.OUT_OF_RANGE, "9.90", "1e400"),
        csv(Reason.OUT_OF_RANGE, ",T1,", "," + "T".repeat(33) + ","),
        csv(Reason.BELOW_MINIMUM, "1.5", "-1.5"),
        csv(Reason.DATES_APART, "2026-02-28,", "2026-02-25,"),
        csv(Reason.UNKNOWN_STORE, "S1", "S2"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void aBadLineIsRejectedForItsReasonAndTheNextOneIsTaken(
      Reason reason, LineFormat format, byte[] bad) {
    byte[] good = (format == LineFormat.NDJSON ? GOOD_JSON : GOOD_CSV).getBytes(UTF_8);
    LineParser parser = parser(format);
    EventBatch batch = new EventBatch(SALES, 2);

    parser.take(batch, good, 0, good.length, 2);
    parser.take(batch, bad, 0, bad.length, 3);
    parser.take(batch, good, 0, good.length, 4);

    assertThat(batch.rejections()).hasSize(1);
    Rejection rejection = batch.rejections().getFirst();
    assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(reason);
    assertThat(rejection.lineNumber()).isEqualTo(3);
    assertThat(rejection.raw()).isEqualTo(bad);
    assertThat(rejection.detail()).isNotBlank();
    assertThat(batch.size()).isEqualTo(2);
    assertThat(SALES.read(batch, 0)).isEqualTo(SALES.read(batch, 1));
  }

  @Test
  void everyReasonThatALineCanGiveHasAnExample() {
    Set<Reason> missing = EnumSet.allOf(Reason.class);
    badLines().forEach(example -> missing.remove(example.get()[0]));

    // Too long: the reader's; a header, bounds and choices: below; gzip and stream: a file's, see
    // IngestTest.
    assertThat(missing)
        .containsExactlyInAnyOrder(
            Reason.LINE_TOO_LONG,
            Reason.BAD_HEADER,
            Reason.ABOVE_MAXIMUM,
            Reason.NOT_ALLOWED,
            Reason.BROKEN_GZIP,
            Reason.UNKNOWN_STREAM);
  }

  @ParameterizedTest
  @CsvSource({
    "3, , ",
    "0, BELOW_MINIMUM, importance '0' is below 1",
    "6, ABOVE_MAXIMUM, importance '6' is above 5",
  })
  void aNumberKeepsItsBounds(String importance, Reason reason, String detail) {
    String line =
        """
        {"survey":"s","respondent":"r","attribute":"price","answered_at":"2026-02-28T18:30:00Z",\
        "importance":%s,"satisfaction":5}"""
            .formatted(importance);

    expect(SurveyAnswer.class, line, reason, detail);
  }

  @ParameterizedTest
  @CsvSource({
    "spend, , ",
    "Spend, NOT_ALLOWED, kind 'Spend' is none of issue",
    "'', MISSING_FIELD, kind is empty",
  })
  void aTextIsOneOfThoseThatItsFieldMayHold(String kind, Reason reason, String detail) {
    String line =
        """
        {"business_date":"2026-02-28","event":"e","card":"c","kind":"%s",\
        "at":"2026-02-28T18:30:00Z","amount":1}"""
            .formatted(kind);

    expect(CardEvent.class, line, reason, detail);
  }

  @ParameterizedTest
  @CsvSource({
    "1954-08-31, , ",
    "1900-01-01, , ",
    "1899-12-31, OUT_OF_RANGE, birthday '1899-12-31' is not from 1900-01-01",
  })
  void aBirthdayMayLieBefore1970(String birthday, Reason reason, String detail) {
    String line =
        """
        {"member":"m","card":"c","birthday":"%s"}"""
            .formatted(birthday);

    expect(Member.class, line, reason, detail);
  }

  private static <E extends Record & Event> void expect(
      Class<E> stream, String line, Reason reason, String detail) {
    EventBatch batch = new EventBatch(Contract.of(stream), 1);
    byte[] bytes = line.getBytes(UTF_8);

    LineParser.of(Contract.of(stream), LineFormat.NDJSON, _ -> true)
        .take(batch, bytes, 0, bytes.length, 1);

    if (reason == null) {
      assertThat(batch.rejections()).isEmpty();
      assertThat(batch.size()).isEqualTo(1);
    } else {
      assertThat(batch.size()).isZero();
      assertThat(batch.rejections().getFirst())
          .returns(reason, Rejection::reason)
          .satisfies(rejection -> assertThat(rejection.detail()).startsWith(detail));
    }
  }

  @Test
  void aLineThatIsTooLongIsRejectedByItsBeginning() {
    EventBatch batch = new EventBatch(SALES, 2);
    byte[] beginning = new byte[1 << 20];

    parser(LineFormat.NDJSON).tooLong(batch, beginning, beginning.length, 5);

    assertThat(batch.rejections().getFirst().reason()).isEqualTo(Reason.LINE_TOO_LONG);
    assertThat(batch.rejections().getFirst().raw()).hasSize(Rejection.MOST_RAW_BYTES);
  }

  @Test
  void aBadHeaderRejectsTheWholeFile() {
    for (String header :
        List.of(
            HEADER.replace("card", "colour"),
            HEADER.replace("card", "till"),
            HEADER.replace(",net_amount", ""),
            GOOD_CSV)) {
      EventBatch batch = new EventBatch(SALES, 2);
      LineParser parser = LineParser.of(SALES, LineFormat.CSV, "S1"::equals);
      take(parser, batch, header);
      take(parser, batch, GOOD_CSV);
      take(parser, batch, HEADER);

      assertThat(batch.size()).as(header).isZero();
      assertThat(batch.rejections())
          .as(header)
          .extracting(Rejection::reason)
          .containsExactly(Reason.BAD_HEADER, Reason.BAD_HEADER, Reason.BAD_HEADER);
    }
  }

  @Test
  void aHeaderMayBeginWithAByteOrderMarkAndNameItsColumnsInAnyOrder() {
    EventBatch batch = new EventBatch(SALES, 2);
    LineParser parser = LineParser.of(SALES, LineFormat.CSV, "S1"::equals);
    List<String> names = new ArrayList<>(List.of(HEADER.split(",", -1)));
    List<String> values = new ArrayList<>(List.of(GOOD_CSV.split(",", -1)));
    Collections.reverse(names);
    Collections.reverse(values);
    take(parser, batch, "\uFEFF" + String.join(",", names) + "\r");
    take(parser, batch, String.join(",", values) + "\r");
    take(parser, batch, "");

    assertThat(batch.rejections()).isEmpty();
    assertThat(SALES.read(batch, 0)).isEqualTo(parsed(LineFormat.CSV, GOOD_CSV));
  }

  @Test
  void bothFormatsTellTheSame() {
    assertThat(parsed(LineFormat.CSV, GOOD_CSV)).isEqualTo(parsed(LineFormat.NDJSON, GOOD_JSON));
  }

  @Test
  void whatTheQuickWayTakesTheThoroughWayTakesAlike() throws Exception {
    Random random = new Random(23);
    for (LineFormat format : LineFormat.values()) {
      int quick = 0;
      for (SalesLine event : new SampleEvents(19).events(SALES, ROUNDS)) {
        byte[] line = written(format, event);
        LineParser parser = fullParser(format);
        quick += agree(parser, line) ? 1 : 0;
        byte[] hurt = line.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
          hurt[random.nextInt(hurt.length)] =
              (byte) "0123456789-+.eE,:\"{} \\Tx\u0000".charAt(random.nextInt(25));
        }
        agree(parser, hurt);
      }
      assertThat(quick).as("lines that the quick way takes, " + format).isGreaterThan(ROUNDS / 60);
    }
  }

  /** Whether the quick way took it; if so, the thorough one takes the same. */
  private static boolean agree(LineParser parser, byte[] line) throws RejectedLineException {
    EventBatch quick = new EventBatch(SALES, 2);
    if (!parser.quick(quick, line, 0, line.length)) {
      return false;
    }
    quick.endRow();
    EventBatch thorough = new EventBatch(SALES, 2);
    String text = new String(line, UTF_8);
    assertThat(parser.thorough(thorough, text)).as(text).isTrue();
    assertThat(thorough.missing()).as(text).isZero();
    thorough.endRow();
    assertThat(SALES.read(quick, 0)).as(text).isEqualTo(SALES.read(thorough, 0));
    return true;
  }

  @Test
  void anotherSpellingOfALineIsTheSameEvent() throws IOException {
    Random random = new Random(29);
    for (SalesLine event : new SampleEvents(31).events(SALES, ROUNDS)) {
      String spelled = spelledOtherwise(event, random);
      EventBatch batch = new EventBatch(SALES, 2);
      take(fullParser(LineFormat.NDJSON), batch, spelled);

      assertThat(batch.rejections()).as(spelled).isEmpty();
      assertThat(SALES.read(batch, 0)).as(spelled).isEqualTo(event);
      byte[] plain = written(LineFormat.NDJSON, event);
      EventBatch direct = new EventBatch(SALES, 2);
      fullParser(LineFormat.NDJSON).take(direct, plain, 0, plain.length, 1);
      assertThat(SALES.read(direct, 0)).isEqualTo(event);
    }
  }

  @Test
  void linesOfChangingFieldOrderInOneFileAreAllTaken() {
    Random random = new Random(37);
    List<SalesLine> events = new SampleEvents(41).events(SALES, ROUNDS);
    EventBatch batch = new EventBatch(SALES, 16);
    LineParser parser = fullParser(LineFormat.NDJSON);
    for (SalesLine event : events) {
      take(parser, batch, spelledOtherwise(event, random));
    }

    assertThat(batch.rejections()).isEmpty();
    for (int row = 0; row < events.size(); row++) {
      assertThat(SALES.read(batch, row)).isEqualTo(events.get(row));
    }
  }

  private static String spelledOtherwise(SalesLine event, Random random) {
    boolean spaces = random.nextBoolean();
    List<String> pairs = new ArrayList<>();
    for (Field field : SALES.fields()) {
      SALES
          .texts(event)
          .get(field.ordinal())
          .ifPresentOrElse(
              text ->
                  pairs.add(
                      quoted(field.name(), random)
                          + (spaces ? " : " : random.nextBoolean() ? ": " : ":")
                          + spelled(field, text, random)),
              () -> {
                if (random.nextInt(4) == 0) {
                  pairs.add("\"" + field.name() + "\":null");
                }
              });
    }
    Collections.shuffle(pairs, random);
    return spaces
        ? " { " + String.join(" , ", pairs) + "\t} "
        : "{" + String.join(random.nextBoolean() ? "," : ", ", pairs) + "}";
  }

  private static String spelled(Field field, String text, Random random) {
    return switch (field.kind()) {
      case TEXT -> quoted(text, random);
      case DATE -> "\"" + text + "\"";
      case TIME ->
          random.nextInt(3) == 0
              ? "\"" + text.replace("Z", ".000+00:00") + "\""
              : "\"" + text + "\"";
      case DECIMAL ->
          switch (random.nextInt(4)) {
            case 0 ->
                new java.math.BigDecimal(text).unscaledValue()
                    + "E-"
                    + new java.math.BigDecimal(text).scale();
            case 1 -> text.contains(".") ? text + "000" : text + ".000";
            default -> text;
          };
      case INTEGER -> random.nextInt(4) == 0 ? text + ".0e0" : text;
      case FLAG -> text;
    };
  }

  private static String quoted(String text, Random random) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              String plain = Character.toString(point);
              if (point == '"' || point == '\\') {
                quoted.append('\\').append(plain);
              } else if (random.nextInt(20) == 0) {
                plain.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
              } else {
                quoted.append(plain);
              }
            });
    return quoted.append('"').toString();
  }

  private static byte[] written(LineFormat format, SalesLine event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EventWriter<SalesLine> writer = new EventWriter<>(SALES, format, out)) {
      writer.write(event);
    }
    String[] lines = out.toString(UTF_8).split("\n", -1);
    return lines[lines.length - 2].getBytes(UTF_8);
  }

  private static LineParser parser(LineFormat format) {
    LineParser parser = LineParser.of(SALES, format, "S1"::equals);
    if (format == LineFormat.CSV) {
      take(parser, new EventBatch(SALES, 1), HEADER);
    }
    return parser;
  }

  /** Knows every store and, in CSV, every column in the contract's order. */
  private static LineParser fullParser(LineFormat format) {
    LineParser parser = LineParser.of(SALES, format, _ -> true);
    if (format == LineFormat.CSV) {
      take(
          parser,
          new EventBatch(SALES, 1),
          String.join(",", SALES.fields().stream().map(Field::name).toList()));
    }
    return parser;
  }

  private static SalesLine parsed(LineFormat format, String line) {
    EventBatch batch = new EventBatch(SALES, 2);
    take(parser(format), batch, line);
    assertThat(batch.rejections()).isEmpty();
    return SALES.read(batch, 0);
  }

  private static void take(LineParser parser, EventBatch batch, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    parser.take(batch, bytes, 0, bytes.length, 1);
  }
}
