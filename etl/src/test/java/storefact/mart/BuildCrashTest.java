package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;

/** Readers see whole versions only, through 50 builds and 20 builders killed at any moment. */
@Tag("slow")
class BuildCrashTest {
  private static final int BUILDS = 50;
  private static final int KILLS = 20;
  private static final int LONGEST_LIFE = 1500;
  private static final List<String> MARTS = List.of("daily_sales", "member_purchases");

  @Test
  void readersSeeWholeVersionsThroughBuildsAndKills() throws Exception {
    Random random = new Random(20);
    try (TestWarehouse given = TestWarehouse.empty().members(3);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      BuildOptions some = BuildOptions.changed().only(MARTS);
      int version = 1;
      given.sold(RivalBuildsTest.receipts(version)).build(some);
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<Integer>> readers = new ArrayList<>();
      for (String mart : MARTS) {
        readers.add(threads.submit(() -> RivalBuildsTest.read(mart, "sum(lines)", stop)));
      }
      int kills = 0;
      for (int build = 1; build <= BUILDS; build++) {
        if (build % 2 == 0) {
          version++;
          given.sold(RivalBuildsTest.receipts(version), version, false);
        }
        if (kills < KILLS && build % 5 < 2) {
          kills++;
          kill(random.nextInt(LONGEST_LIFE));
        }
        BuildOptions options = build % 4 == 0 ? BuildOptions.full().only(MARTS) : some;
        given.build(options);
        assertThat(given.query("SELECT DISTINCT toUInt32(net_sales / lines) FROM dw.daily_sales"))
            .as("build %d", build)
            .isEqualTo(Integer.toString(version));
      }
      stop.set(true);
      int reads = 0;
      for (Future<Integer> reader : readers) {
        reads += reader.get();
      }
      Map<String, List<String>> now = rows(given);
      given.build(BuildOptions.full().only(MARTS));
      assertThat(rows(given)).isEqualTo(now);
      assertThat(kills).isEqualTo(KILLS);
      assertThat(reads).isGreaterThan(BUILDS);
      System.out.printf("%d builds, %d kills, %d reads%n", BUILDS, kills, reads);
    }
  }

  private static Map<String, List<String>> rows(TestWarehouse given) {
    Map<String, List<String>> rows = new java.util.TreeMap<>();
    MARTS.forEach(
        mart -> rows.put(mart, given.lines("SELECT * FROM dw." + mart + " ORDER BY ALL")));
    return rows;
  }

  /** Starts a builder and kills it after so many milliseconds of building. */
  private static void kill(int millis) throws Exception {
    File log = Files.createTempFile("builder-", ".log").toFile();
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BuildChild.class.getName()));
    try (Warehouse warehouse = TestWarehouse.connect()) {
      WarehouseAddress address = warehouse.address();
      words.add(address.jdbcUrl() + "?user=" + address.user());
      words.addAll(MARTS);
      ProcessBuilder command = new ProcessBuilder(words);
      command.environment().put("STOREFACT_WAREHOUSE_PASSWORD", address.password());
      Process process = command.redirectError(log).start();
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.readLine()).as(Files.readString(log.toPath())).isEqualTo("BUILDING");
        // The moment of the kill is what differs: no state of the warehouse is waited for.
        Thread.sleep(millis);
        assertThat(process.isAlive()).as(Files.readString(log.toPath())).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
        Files.delete(log.toPath());
      }
    }
  }
}
