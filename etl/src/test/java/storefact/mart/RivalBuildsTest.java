package storefact.mart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storefact.warehouse.Warehouse;

/** Builds beside builds, and readers beside builds. */
class RivalBuildsTest {
  private static final int RECEIPTS = 400;
  private static final int MONTHS = 3;

  @Test
  void twoBuildsAtOnceFollowOneAnother() throws Exception {
    try (TestWarehouse given = TestWarehouse.empty().members(3);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      given.sold(receipts(1));
      ConcurrentLinkedQueue<String> waited = new ConcurrentLinkedQueue<>();
      CountDownLatch start = new CountDownLatch(1);
      List<Future<BuildReport>> builds = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        builds.add(threads.submit(() -> buildAfter(start, waited)));
      }
      start.countDown();

      int changes = 0;
      for (Future<BuildReport> build : builds) {
        changes += build.get().changes();
      }
      assertThat(changes)
          .as("each partition is built once")
          .isEqualTo(
              Integer.parseInt(
                  given.query("SELECT countIf(definition != '') FROM ops.mart_partition FINAL")));
      assertThat(waited).singleElement().asString().contains("waiting for another build");
      assertThat(given.query("SELECT sum(lines) FROM dw.daily_sales"))
          .isEqualTo(Integer.toString(RECEIPTS));
    }
  }

  private static BuildReport buildAfter(CountDownLatch start, ConcurrentLinkedQueue<String> waited)
      throws InterruptedException {
    try (Warehouse warehouse = TestWarehouse.connect()) {
      start.await();
      return new MartBuild(warehouse)
          .run(
              BuildOptions.changed(),
              new BuildProgress() {
                @Override
                public void waiting(String message) {
                  waited.add(message);
                }
              });
    }
  }

  @Test
  void aReaderSeesOnlyWholeVersions() throws Exception {
    try (TestWarehouse given = TestWarehouse.empty().members(3);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      given.sold(receipts(1)).build();
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<Integer>> readers = new ArrayList<>();
      // Every line of a version costs the same: a mixture would show as two prices or a wrong
      // count.
      readers.add(threads.submit(() -> read("daily_sales", "sum(lines)", stop)));
      readers.add(threads.submit(() -> read("member_purchases", "sum(lines)", stop)));
      for (int version = 2; version <= 5; version++) {
        given.sold(receipts(version), version, false);
        given.build(version % 2 == 0 ? BuildOptions.changed() : BuildOptions.full());
      }
      stop.set(true);

      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isGreaterThan(10);
      }
    }
  }

  static int read(String mart, String count, AtomicBoolean stop) {
    int reads = 0;
    try (Warehouse warehouse = TestWarehouse.connect()) {
      while (!stop.get()) {
        String seen =
            warehouse
                .http()
                .query("SELECT uniqExact(net_sales / lines), " + count + " FROM dw." + mart);
        assertThat(seen).isEqualTo("1\t" + RECEIPTS);
        reads++;
      }
    }
    return reads;
  }

  /** Each version changes every month: a mixture of months would show as two prices. */
  static String receipts(int price) {
    return IntStream.range(0, RECEIPTS)
        .mapToObj(
            i ->
                "S%d 2024-%02d-%02d R%d 1 C%d G%d 1 %d.00"
                    .formatted(i % 4, 1 + i % MONTHS, 1 + i % 28, i, 1 + i % 3, i % 5, price))
        .collect(Collectors.joining("\n"));
  }
}
