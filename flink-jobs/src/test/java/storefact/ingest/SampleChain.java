package storefact.ingest;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.EventWriter;
import storefact.event.SalesLine;
import storefact.event.Store;

/** A small chain for tests: its stores, and as many different sales lines as are asked for. */
final class SampleChain {

  static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);
  static final Contract<Store> STORES = Contract.of(Store.class);

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 17);
  private static final int LINES_PER_RECEIPT = 5;
  private static final int GOODS = 2_000;

  private SampleChain() {}

  static String storeName(int store) {
    return "S%03d".formatted(store);
  }

  static Store store(String store) {
    return Contract.of(Store.class)
        .event(
            Map.of(
                "store", store,
                "name", "门店 " + store,
                "format", "convenience",
                "city", "上海",
                "region", "east"));
  }

  static List<Store> stores(int count) {
    return IntStream.range(0, count).mapToObj(store -> store(storeName(store))).toList();
  }

  static LocalDate day(int day) {
    return FIRST_DAY.plusDays(day);
  }

  /** The n-th line that a store sold on a day; another number is another key. */
  static SalesLine line(String store, int day, int number, Random random) {
    LocalDate date = day(day);
    BigDecimal net = BigDecimal.valueOf(random.nextInt(100_000), 2);
    boolean member = random.nextInt(3) == 0;
    return new SalesLine(
        store,
        date,
        "T" + number % 3,
        "%s-%06d".formatted(date, number / LINES_PER_RECEIPT),
        number % LINES_PER_RECEIPT + 1,
        date.atTime(8, 0).toInstant(ZoneOffset.UTC).plusSeconds(number % 40_000),
        Optional.empty(),
        member ? Optional.of("C" + random.nextInt(50_000)) : Optional.empty(),
        "G" + random.nextInt(GOODS),
        BigDecimal.valueOf(1 + random.nextInt(5_000), 3),
        member ? Optional.of(BigDecimal.valueOf(random.nextInt(1_000_000), 4)) : Optional.empty(),
        Optional.empty(),
        net,
        BigDecimal.valueOf(random.nextInt(500), 2),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        Optional.empty(),
        Optional.of(random.nextBoolean() ? "alipay" : "银行卡"),
        1,
        false);
  }

  static List<SalesLine> lines(String store, int day, int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(n -> line(store, day, n, random)).toList();
  }

  /** Drops a file as a store does: written under a dot name, then renamed. */
  static <E extends Record & Event> Path drop(
      Path folder, String path, Contract<E> contract, List<E> events) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling("." + file.getFileName());
    try (EventWriter<E> writer = EventWriter.to(contract, unfinished)) {
      for (E event : events) {
        writer.write(event);
      }
    }
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
