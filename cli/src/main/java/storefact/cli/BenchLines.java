package storefact.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.EventWriter;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.SalesLine;

/**
 * The Complete Journey's sales lines several times over, each time 52 weeks later, in files of a
 * month and an eighth of the stores, and once more end to end in one file for ClickHouse.
 */
final class BenchLines {

  private static final int DAYS_APART = 52 * 7;
  private static final int STORE_GROUPS = 8;
  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);

  private final Path drop;
  private final Path work;

  BenchLines(Path drop, Path work) {
    this.drop = drop;
    this.work = work;
  }

  Path folder(LineFormat format, int times) {
    return work.resolve("lines").resolve(format.name().toLowerCase(java.util.Locale.ROOT) + times);
  }

  /** Writes the files unless they are there; answers the folder. */
  Path write(LineFormat format, int times) throws IOException {
    Path folder = folder(format, times);
    if (Files.exists(folder.resolve(".done"))) {
      return folder;
    }
    Map<String, EventWriter<SalesLine>> open = new HashMap<>();
    for (Path file : salesFiles()) {
      for (SalesLine line : read(file)) {
        for (int i = 0; i < times; i++) {
          writer(open, folder, format, line, i).write(shifted(line, i));
        }
      }
    }
    for (EventWriter<SalesLine> writer : open.values()) {
      writer.close();
    }
    Files.createFile(folder.resolve(".done"));
    return folder;
  }

  /** All lines of the folder in one file, a CSV's header once. */
  Path oneFile(LineFormat format, int times, Path target) throws IOException {
    Path one = target.resolve("lines-" + times + format.extension());
    if (Files.exists(one)) {
      return one;
    }
    Path part = target.resolve("." + one.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20);
        Stream<Path> files = Files.walk(folder(format, times))) {
      boolean first = true;
      for (Path file :
          files.filter(path -> path.toString().endsWith(format.extension())).sorted().toList()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
          if (format == LineFormat.CSV && !first) {
            skipLine(in);
          }
          in.transferTo(out);
        }
        first = false;
      }
    }
    return Files.move(part, one);
  }

  private static void skipLine(InputStream in) throws IOException {
    int b = in.read();
    while (b >= 0 && b != '\n') {
      b = in.read();
    }
  }

  private List<Path> salesFiles() throws IOException {
    try (Stream<Path> files = Files.walk(drop)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("sales_line-"))
          .sorted()
          .toList();
    }
  }

  private static List<SalesLine> read(Path file) throws IOException {
    EventBatch batch = new EventBatch(SALES, 1024);
    LineParser parser = LineParser.of(SALES, LineFormat.NDJSON, _ -> true);
    byte[] bytes = Files.readAllBytes(file);
    int from = 0;
    long number = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        number++;
        parser.take(batch, bytes, from, at, number);
        from = at + 1;
      }
    }
    List<SalesLine> lines = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      lines.add(SALES.read(batch, row));
    }
    return lines;
  }

  private static EventWriter<SalesLine> writer(
      Map<String, EventWriter<SalesLine>> open,
      Path folder,
      LineFormat format,
      SalesLine line,
      int shift)
      throws IOException {
    String name =
        "stores-%d/sales_line-%s%s"
            .formatted(
                Math.floorMod(line.store().hashCode(), STORE_GROUPS),
                YearMonth.from(line.businessDate().plusDays((long) DAYS_APART * shift)),
                format.extension());
    EventWriter<SalesLine> writer = open.get(name);
    if (writer == null) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      writer = EventWriter.to(SALES, file);
      open.put(name, writer);
    }
    return writer;
  }

  private static SalesLine shifted(SalesLine line, int times) {
    long days = (long) DAYS_APART * times;
    return times == 0
        ? line
        : new SalesLine(
            line.store(),
            line.businessDate().plusDays(days),
            line.till(),
            line.receipt(),
            line.line(),
            line.soldAt().plusSeconds(days * 86_400),
            line.cashier(),
            line.card(),
            line.goods(),
            line.quantity(),
            line.unitPrice(),
            line.listPrice(),
            line.netAmount(),
            line.retailDiscount(),
            line.couponDiscount(),
            line.couponMatchDiscount(),
            line.promotion(),
            line.payment(),
            line.version(),
            line.voided());
  }
}
