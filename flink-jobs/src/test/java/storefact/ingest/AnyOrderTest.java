package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.Streams;
import storefact.ingest.lake.Lake;
import storefact.ingest.reject.RejectFilter;
import storefact.ingest.reject.Rejects;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/**
 * Events may come in any order, late, twice, split over any files and runs: once the dust has
 * settled, readers see what they would had everything come in perfect order.
 */
@Tag("slow")
class AnyOrderTest {

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 1);
  private static final int DAYS = 40;

  /** What readers see; stock and balances, history and what does not fit follow from all of it. */
  private static final List<String> VIEWS =
      List.of(
          "store",
          "category",
          "goods",
          "goods_history",
          "member",
          "member_history",
          "member_card",
          "community",
          "sales_line",
          "receipt",
          "sale",
          "return_line",
          "return_exception",
          "card_event",
          "card_ledger",
          "points_ledger",
          "points_lot",
          "stock_on_hand",
          "consent_now",
          "complaint",
          "sales_target",
          "unknown_key");

  @TempDir private Path folder;

  /** An event as the texts of its fields. */
  private record Told(String stream, Map<String, String> fields) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theStarIsThatOfPerfectOrder(long seed) throws Exception {
    List<Told> events = chain(new Random(seed));

    Map<String, String> perfect;
    try (Delivery inOrder = new Delivery(folder.resolve("order"))) {
      inOrder.drop(events, "all");
      inOrder.ingest();
      perfect = inOrder.seen();
      assertThat(inOrder.rejects.groups(RejectFilter.allOpen())).isEmpty();
    }

    Random random = new Random(seed * 31);
    List<Told> shuffled = new ArrayList<>(events);
    for (int i = 0; i < events.size() / 5; i++) {
      shuffled.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(shuffled, random);
    try (Delivery anyOrder = new Delivery(folder.resolve("any"))) {
      int from = 0;
      for (int run = 0; run < 3; run++) {
        int to = run == 2 ? shuffled.size() : from + random.nextInt(shuffled.size() - from);
        for (int part = 0; part < 3; part++) {
          int until = part == 2 ? to : from + random.nextInt(to - from + 1);
          anyOrder.drop(shuffled.subList(from, until), run + "-" + part);
          from = until;
        }
        anyOrder.ingest();
      }
      // Sales of a store whose row came later were rejected; that is how they heal.
      assertThat(anyOrder.rejects.replay(RejectFilter.allOpen()).refused()).isEmpty();
      anyOrder.ingest();

      Map<String, String> seen = anyOrder.seen();
      perfect.forEach((view, rows) -> assertThat(seen.get(view)).as(view).isEqualTo(rows));
    }
    assertThat(perfect.values()).filteredOn(String::isEmpty).hasSizeLessThanOrEqualTo(1);
    assertThat(perfect.get("card_ledger")).contains("negative balance");
    assertThat(perfect.get("return_exception")).contains("more than sold");
  }

  /** A warehouse of its own content, filled by dropping files. */
  private static final class Delivery implements AutoCloseable {
    private final Path folder;
    private final WarehouseAddress address;
    private final Warehouse warehouse;
    private final Rejects rejects;

    Delivery(Path folder) throws Exception {
      this.folder = folder;
      EmbeddedWarehouse engine = EmbeddedWarehouse.shared();
      address =
          new WarehouseAddress(
              "127.0.0.1", engine.engine().httpPort(), engine.user(), engine.password());
      warehouse = Warehouse.connect(address);
      new Migrations(warehouse.http(), Topology.SINGLE).run(_ -> {});
      for (Contract<?> contract : Streams.ALL) {
        warehouse.http().query("TRUNCATE TABLE star." + contract.stream());
      }
      for (String table : List.of("ingested_file", "rejected_event", "rejected_repair")) {
        warehouse.http().query("TRUNCATE TABLE ops." + table);
      }
      Files.createDirectories(folder.resolve("drop"));
      rejects = new Rejects(warehouse, folder.resolve("drop"));
    }

    void drop(List<Told> events, String name) throws Exception {
      Map<String, List<Told>> byStream = new LinkedHashMap<>();
      events.forEach(
          told -> byStream.computeIfAbsent(told.stream(), _ -> new ArrayList<>()).add(told));
      for (Map.Entry<String, List<Told>> entry : byStream.entrySet()) {
        drop(Streams.named(entry.getKey()).orElseThrow(), entry.getValue(), name);
      }
    }

    private <E extends Record & Event> void drop(Contract<E> contract, List<Told> told, String name)
        throws Exception {
      SampleChain.drop(
          folder.resolve("drop"),
          contract.stream() + "-" + name + (told.size() % 2 == 0 ? ".csv" : ".ndjson"),
          contract,
          told.stream().map(event -> contract.event(event.fields())).toList());
    }

    void ingest() throws Exception {
      new IngestRun(
              new IngestSettings(
                  folder.resolve("drop"),
                  Boundedness.BOUNDED,
                  address,
                  Optional.of(Lake.local(Files.createDirectories(folder.resolve("lake")))),
                  folder.resolve("checkpoints"),
                  2,
                  Duration.ofMillis(300),
                  Duration.ofMillis(50)))
          .start()
          .await();
    }

    Map<String, String> seen() {
      Map<String, String> seen = new LinkedHashMap<>();
      for (String view : VIEWS) {
        seen.put(view, warehouse.http().query("SELECT * FROM dw." + view + " ORDER BY ALL"));
      }
      return seen;
    }

    @Override
    public void close() {
      warehouse.close();
    }
  }

  private static Told told(String stream, Object... namesAndValues) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], String.valueOf(namesAndValues[i + 1]));
    }
    return new Told(stream, fields);
  }

  private static String at(LocalDate day, int number) {
    return day + "T%02d:%02d:%02dZ".formatted(8 + number % 12, number % 60, number * 7 % 60);
  }

  /** A small chain's events in their natural order. */
  private static List<Told> chain(Random random) {
    List<Told> events = new ArrayList<>();
    for (int store = 0; store < 3; store++) {
      events.add(told("store", "store", "S" + store, "region", store == 0 ? "east" : "west"));
      events.add(told("sales_target", "store", "S" + store, "month", FIRST_DAY, "net_amount", 100));
    }
    events.add(told("category", "level", 1, "category", "Food", "name_zh", "食品"));
    events.add(told("community", "community", "Lakeside", "households", 800));
    for (int goods = 0; goods < 8; goods++) {
      // Goods 7 never gets a row: it stays unknown, and listed.
      for (int row = 0; row < 2 && goods < 7; row++) {
        events.add(
            told(
                "goods",
                "goods",
                "G" + goods,
                "department",
                row == 0 ? "Food" : "Drinks",
                "valid_from",
                FIRST_DAY.plusDays(row * 20L)));
      }
    }
    for (int member = 0; member < 6; member++) {
      for (int row = 0; row < 3; row++) {
        events.add(
            told(
                "member",
                "member",
                "M" + member,
                "card",
                "C" + member + (row == 2 ? "b" : "a"),
                "community",
                row == 0 ? "Lakeside" : "Hillside",
                "valid_from",
                FIRST_DAY.plusDays(row * 13L),
                "version",
                1 + random.nextInt(3)));
      }
      events.add(
          told(
              "consent",
              "member",
              "M" + member,
              "channel",
              "sms",
              "changed_at",
              at(FIRST_DAY, member),
              "given",
              member % 2 == 0));
      events.add(
          told(
              "consent",
              "member",
              "M" + member,
              "channel",
              "sms",
              "changed_at",
              at(FIRST_DAY.plusDays(9), member),
              "given",
              member % 3 == 0));
    }
    for (int number = 0; number < 400; number++) {
      day(events, random, number);
    }
    return events;
  }

  private static void day(List<Told> events, Random random, int number) {
    LocalDate day = FIRST_DAY.plusDays((long) number * DAYS / 400);
    String store = "S" + random.nextInt(3);
    String time = at(day, number);
    int member = random.nextInt(8);
    Map<String, String> sale =
        told(
                "sales_line",
                "store",
                store,
                "business_date",
                day,
                "till",
                "T1",
                "receipt",
                "R" + number / 3,
                "line",
                1 + number % 3,
                "sold_at",
                time,
                "goods",
                "G" + random.nextInt(8),
                "quantity",
                1 + random.nextInt(4),
                "net_amount",
                random.nextInt(5_000) / 100.0)
            .fields();
    if (member < 6) {
      sale.put("card", "C" + member + (day.isBefore(FIRST_DAY.plusDays(26)) ? "a" : "b"));
    }
    events.add(new Told("sales_line", sale));
    switch (random.nextInt(10)) {
      case 0 -> {
        Map<String, String> corrected = new HashMap<>(sale);
        corrected.putAll(Map.of("version", "2", "net_amount", "77.77"));
        events.add(new Told("sales_line", corrected));
      }
      case 1 -> {
        Map<String, String> voided = new HashMap<>(sale);
        voided.putAll(Map.of("version", "3", "voided", "true"));
        events.add(new Told("sales_line", voided));
      }
      case 2 ->
          events.add(
              told(
                  "return_line",
                  "store",
                  store,
                  "business_date",
                  day,
                  "till",
                  "T2",
                  "receipt",
                  "B" + number,
                  "line",
                  1,
                  "returned_at",
                  at(day, number + 1),
                  "original_store",
                  store,
                  "original_business_date",
                  day,
                  "original_till",
                  "T1",
                  "original_receipt",
                  sale.get("receipt"),
                  "original_line",
                  sale.get("line"),
                  "goods",
                  sale.get("goods"),
                  "quantity",
                  1 + random.nextInt(6),
                  "net_amount",
                  1));
      case 3, 4 ->
          events.add(
              told(
                  "stock_movement",
                  "store",
                  store,
                  "business_date",
                  day,
                  "movement",
                  "A" + number,
                  "kind",
                  List.of("receipt", "count", "spoilage").get(random.nextInt(3)),
                  "at",
                  time,
                  "goods",
                  sale.get("goods"),
                  "quantity",
                  random.nextInt(50)));
      case 5 ->
          events.add(
              told(
                  "complaint",
                  "complaint",
                  "P" + number / 40,
                  "opened_at",
                  at(FIRST_DAY, 1),
                  "kind",
                  "service",
                  "severity",
                  1 + number % 3,
                  "version",
                  number));
      case 6, 7 ->
          events.add(
              told(
                  "card_event",
                  "business_date",
                  day,
                  "event",
                  "E" + number,
                  "card",
                  "V" + random.nextInt(4),
                  "kind",
                  List.of("issue", "deposit", "spend", "freeze", "unfreeze").get(random.nextInt(5)),
                  "at",
                  time,
                  "amount",
                  random.nextInt(60)));
      default ->
          events.add(
              told(
                  "points_event",
                  "business_date",
                  day,
                  "event",
                  "E" + number,
                  "member",
                  "M" + random.nextInt(6),
                  "kind",
                  List.of("earn", "earn", "redeem_cash", "adjust").get(random.nextInt(4)),
                  "at",
                  time,
                  "points",
                  random.nextInt(60)));
    }
  }
}
