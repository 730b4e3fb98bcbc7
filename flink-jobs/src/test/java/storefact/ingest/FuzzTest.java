package storefact.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.EventWriter;
import storefact.event.LineFormat;
import storefact.event.Reason;
import storefact.event.SalesLine;
import storefact.ingest.lake.Lake;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/**
 * Ten thousand bad lines of every kind among good ones, into an ingest that runs on: every good
 * line is taken, every bad one is listed with its reason and place, and the ingest still runs.
 */
@Tag("slow")
class FuzzTest {

  private static final long SEED = 20261123;
  private static final int BAD_LINES = 10_000;
  private static final int FILES = 20;
  private static final int GOOD_LINES_PER_FILE = 1_500;
  private static final int HUGE_LINE = 10 << 20;
  private static final int HUGE_LINES = 4;
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final List<String> ENDINGS = List.of(".ndjson", ".csv", ".ndjson.gz", ".csv.gz");
  private static final List<Reason> KINDS =
      List.of(
          Reason.BROKEN_JSON,
          Reason.BROKEN_CSV,
          Reason.UNKNOWN_FIELD,
          Reason.DUPLICATE_FIELD,
          Reason.MISSING_FIELD,
          Reason.WRONG_TYPE,
          Reason.NUL_BYTE,
          Reason.NOT_UTF8,
          Reason.NOT_A_DATE,
          Reason.NEGATIVE_ZERO,
          Reason.TOO_MANY_DECIMALS,
          Reason.OUT_OF_RANGE,
          Reason.BELOW_MINIMUM,
          Reason.DATES_APART,
          Reason.UNKNOWN_STORE);

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final List<String> expected = new ArrayList<>();
  private final Map<Reason, Integer> planted = new EnumMap<>(Reason.class);
  private ClickHouseHttp http;

  @Test
  void everyGoodLineIsInEveryBadOneIsListedAndTheIngestRunsOn() throws Exception {
    // given: an ingest that waits for files
    EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(EngineOptions.defaults());
    WarehouseAddress address =
        new WarehouseAddress(
            "127.0.0.1", warehouse.engine().httpPort(), warehouse.user(), warehouse.password());
    http = new ClickHouseHttp(address);
    new Migrations(http, Topology.SINGLE).run(_ -> {});
    Lake lake = Lake.local(warehouse.home().lake());
    IngestRun.Running running =
        new IngestRun(
                new IngestSettings(
                    drop(),
                    Boundedness.CONTINUOUS_UNBOUNDED,
                    address,
                    Optional.of(lake),
                    warehouse.home().checkpoints(),
                    2,
                    Duration.ofMillis(500),
                    Duration.ofMillis(100)))
            .start();

    // when: bad lines come among good ones
    SampleChain.drop(drop(), "store.ndjson", SampleChain.STORES, SampleChain.stores(FILES));
    awaitFiles(1);
    for (int file = 0; file < FILES; file++) {
      dropFuzzed(file);
    }
    awaitFiles(1 + FILES);

    // then
    assertThat(expected).hasSize(BAD_LINES);
    System.out.println("planted " + planted);
    Collections.sort(expected);
    assertThat(
            http.query("SELECT file, line_number, reason FROM ops.rejected_event").lines().sorted())
        .containsExactlyElementsOf(expected);
    long good = (long) FILES * GOOD_LINES_PER_FILE;
    assertThat(http.query("SELECT count() FROM dw.sales_line")).isEqualTo("" + good);
    assertThat(http.query("SELECT count() FROM star.sales_line")).isEqualTo("" + good);
    assertThat(lake.events(SampleChain.SALES)).isEqualTo(good);
    assertThat(
            http.query("SELECT max(length(raw)), min(length(detail)) > 0 FROM ops.rejected_event"))
        .isEqualTo("65536\t1");

    // and: it still runs
    SampleChain.drop(
        drop(), "sales_line-after.csv", SampleChain.SALES, SampleChain.lines("S001", 30, 100, 5));
    awaitFiles(2 + FILES);
    assertThat(http.query("SELECT count() FROM dw.sales_line")).isEqualTo("" + (good + 100));
    assertThat(running.isDone()).isFalse();
    running.cancel();
  }

  private Path drop() throws IOException {
    return Files.createDirectories(folder.resolve("drop"));
  }

  private void awaitFiles(int count) throws Exception {
    Waiting.until(
        count + " files",
        LONGEST,
        () -> http.query("SELECT count() FROM ops.ingested_file").equals("" + count));
  }

  private void dropFuzzed(int number) throws IOException {
    String ending = ENDINGS.get(number % ENDINGS.size());
    LineFormat format = LineFormat.ofFile(ending).orElseThrow();
    String name = "sales_line-" + number + ending;
    String store = SampleChain.storeName(number);
    List<byte[]> good =
        written(format, SampleChain.lines(store, number, GOOD_LINES_PER_FILE, number));
    byte[] header = format == LineFormat.CSV ? good.removeFirst() : null;
    List<byte[]> lines = new ArrayList<>();
    List<Optional<Reason>> reasons = new ArrayList<>();
    int bad = BAD_LINES / FILES;
    int left = GOOD_LINES_PER_FILE;
    boolean huge = number < HUGE_LINES;
    while (left + bad > 0) {
      if (random.nextInt(left + bad) < left) {
        lines.add(good.get(--left));
        reasons.add(Optional.empty());
      } else {
        bad--;
        // A bad line is made from a line that is nowhere else.
        SalesLine base = SampleChain.line(store, number, 100_000 + bad, random);
        byte[] line = written(format, List.of(base)).getLast();
        Reason reason = huge ? Reason.LINE_TOO_LONG : kind(format);
        huge = false;
        lines.add(
            reason == Reason.LINE_TOO_LONG
                ? Arrays.copyOf(line, HUGE_LINE)
                : format == LineFormat.CSV ? badCsv(line, reason) : badJson(line, reason));
        reasons.add(Optional.of(reason));
      }
    }
    Path unfinished = drop().resolve("." + name);
    try (OutputStream file = Files.newOutputStream(unfinished);
        OutputStream out =
            new BufferedOutputStream(ending.endsWith(".gz") ? new GZIPOutputStream(file) : file)) {
      int line = 0;
      if (header != null) {
        out.write(header);
        out.write('\n');
        line++;
      }
      for (int i = 0; i < lines.size(); i++) {
        line++;
        out.write(lines.get(i));
        out.write(random.nextInt(3) == 0 ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        if (reasons.get(i).isPresent()) {
          expected.add(name + "\t" + line + "\t" + reasons.get(i).get());
          planted.merge(reasons.get(i).get(), 1, Integer::sum);
        }
      }
    }
    Files.move(unfinished, drop().resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Reason kind(LineFormat format) {
    Reason reason;
    do {
      reason = KINDS.get(random.nextInt(KINDS.size()));
    } while (reason == (format == LineFormat.CSV ? Reason.BROKEN_JSON : Reason.BROKEN_CSV)
        || (format == LineFormat.CSV
            && (reason == Reason.UNKNOWN_FIELD || reason == Reason.DUPLICATE_FIELD)));
    return reason;
  }

  private static List<byte[]> written(LineFormat format, List<SalesLine> events)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EventWriter<SalesLine> writer = new EventWriter<>(SampleChain.SALES, format, out)) {
      for (SalesLine event : events) {
        writer.write(event);
      }
    }
    List<byte[]> lines = new ArrayList<>();
    out.toString(UTF_8).lines().forEach(line -> lines.add(line.getBytes(UTF_8)));
    return lines;
  }

  private String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** Puts the byte into the text of the goods. */
  private byte[] withByte(byte[] line, String before, int wrong) {
    int at = new String(line, UTF_8).indexOf(before) + before.length();
    byte[] hurt = new byte[line.length + 1];
    System.arraycopy(line, 0, hurt, 0, at);
    hurt[at] = (byte) wrong;
    System.arraycopy(line, at, hurt, at + 1, line.length - at);
    return hurt;
  }

  private byte[] badJson(byte[] line, Reason reason) {
    String text = new String(line, UTF_8);
    String bad =
        switch (reason) {
          case BROKEN_JSON ->
              switch (random.nextInt(6)) {
                case 0 -> text.substring(0, 1 + random.nextInt(text.length() - 1));
                case 1 -> text.substring(1);
                case 2 -> text + any("}", "x", "{}", ",");
                case 3 -> text.replaceFirst(",", any(",,", ";", " "));
                case 4 -> "[" + text + "]";
                default ->
                    any("null", "12", "\"text\"", "{'a':1}", "<line/>", "{\"store\"}", "   ");
              };
          case UNKNOWN_FIELD ->
              text.replaceFirst(
                  "\\{",
                  "{\""
                      + any("colour", "", "Store", "门店")
                      + "\":"
                      + any("1", "null", "[[{}]]")
                      + ",");
          case DUPLICATE_FIELD -> text.replaceFirst("\\}$", ",\"till\":\"T0\"}");
          case MISSING_FIELD ->
              any(
                  text.replaceFirst("\"goods\":\"[^\"]*\",", ""),
                  text.replaceFirst("\"goods\":\"[^\"]*\"", "\"goods\":" + any("null", "\"\"")),
                  "{}");
          case WRONG_TYPE ->
              any(
                  json(text, "net_amount", any("\"12.50\"", "true", "[1]", "{\"cents\":1}")),
                  text.replaceFirst("\"till\":\"[^\"]*\"", "\"till\":" + any("7", "false", "[]")),
                  text.replaceFirst("\\}$", ",\"voided\":" + any("1", "\"no\"") + "}"));
          case NUL_BYTE ->
              text.replaceFirst(
                  "\"goods\":\"",
                  any("\"goods\":\"\u0000", "\"goods\":\"\\\\u0000", "\u0000\"goods\":\""));
          case NOT_UTF8 ->
              text.replaceFirst(
                  "\"goods\":\"",
                  "\"goods\":\"" + any("\\\\ud800", "\\\\udc00", "\\\\udc00\\\\ud800"));
          case NOT_A_DATE ->
              any(
                  text.replaceFirst(
                      "_date\":\"[^\"]*\"",
                      "_date\":\""
                          + any(
                              "2026-02-30",
                              "2025-02-29",
                              "2026-13-01",
                              "01/17/2026",
                              "20260117",
                              "0000-00-00",
                              "")
                          + "\""),
                  text.replaceFirst(
                      "T[0-9:]*Z\"",
                      any("T24:00:01Z", "T08:60:00Z", " 08:00:00", "T08:00:00", "") + "\""));
          case NEGATIVE_ZERO ->
              json(
                  text, any("net_amount", "quantity"), any("-0", "-0.0", "-0.00", "-0e0", "-0E-2"));
          case TOO_MANY_DECIMALS ->
              json(text, any("net_amount", "retail_discount"), any("1.001", "0.999", "1e-3"));
          case OUT_OF_RANGE ->
              any(
                  json(
                      text,
                      "net_amount",
                      any(
                          "1e18",
                          "1e400",
                          "1E999999999",
                          "1e99999999999",
                          "99999999999999999.99",
                          "9".repeat(3_000))),
                  json(text, "line", any("4294967296", "-1", "1e10", "99999999999999999999")),
                  text.replaceFirst("\"goods\":\"", "\"goods\":\"" + any("x", "店").repeat(65)));
          case BELOW_MINIMUM ->
              json(text, any("net_amount", "quantity"), any("-0.01", "-1", "-1e3"));
          case DATES_APART ->
              text.replaceFirst(
                  "_date\":\"[^\"]*\"", "_date\":\"" + any("2020-01-01", "2026-12-24") + "\"");
          case UNKNOWN_STORE ->
              text.replaceFirst("\"S[0-9]*\"", "\"" + any("S999", "s000", "S000 ", "门店") + "\"");
          default -> throw new AssertionError(reason);
        };
    return reason == Reason.NOT_UTF8 && random.nextBoolean()
        ? withByte(line, "\"goods\":\"", any("a", "b").equals("a") ? 0xFF : 0xC3)
        : bad.getBytes(UTF_8);
  }

  private static String json(String text, String field, String value) {
    return text.replaceFirst(
        "\"" + field + "\":[0-9.]+", Matcher.quoteReplacement("\"" + field + "\":" + value));
  }

  private byte[] badCsv(byte[] line, Reason reason) {
    String text = new String(line, UTF_8);
    String bad =
        switch (reason) {
          case BROKEN_CSV ->
              switch (random.nextInt(5)) {
                case 0 -> text.substring(0, text.indexOf(',', random.nextInt(text.indexOf("G"))));
                case 1 -> text + ",";
                case 2 -> "\"" + text;
                case 3 -> text.replaceFirst(",", "\",");
                default -> any("   ", "\"a\"b", "no line, no event", "\"\"");
              };
          case MISSING_FIELD -> csv(text, any("store", "till", "goods", "net_amount", "line"), "");
          case WRONG_TYPE ->
              any(
                  csv(text, "net_amount", any("12;50", "abc", "0x10", "1e", "NaN", "一")),
                  csv(text, "voided", "no"));
          case NUL_BYTE -> csv(text, any("goods", "card", "line"), "1\u0000");
          case NOT_UTF8 -> text;
          case NOT_A_DATE ->
              csv(
                  text,
                  any("business_date", "sold_at"),
                  any("2026-02-30", "17.1.2026", "2026-13-01", "today"));
          case NEGATIVE_ZERO -> csv(text, any("net_amount", "quantity"), any("-0", "-0.00"));
          case TOO_MANY_DECIMALS -> csv(text, "net_amount", any("1.001", "1e-3"));
          case OUT_OF_RANGE ->
              any(
                  csv(text, "net_amount", any("1e18", "1e400", "9".repeat(3_000))),
                  csv(text, "unit_price", any("100000000000000", "999999999999999")),
                  csv(text, "line", any("4294967296", "-1")),
                  csv(text, "card", "店".repeat(65)));
          case BELOW_MINIMUM -> csv(text, any("net_amount", "quantity"), any("-0.01", "-1"));
          case DATES_APART -> csv(text, "business_date", any("2020-01-01", "2026-12-24"));
          case UNKNOWN_STORE -> csv(text, "store", any("S999", "s000", " S000"));
          default -> throw new AssertionError(reason);
        };
    return reason == Reason.NOT_UTF8
        ? withByte(line, ",", any("a", "b").equals("a") ? 0xFF : 0x80)
        : bad.getBytes(UTF_8);
  }

  private static String csv(String text, String field, String value) {
    String[] values = text.split(",", -1);
    values[SampleChain.SALES.field(field).ordinal()] = value;
    return String.join(",", values);
  }
}
