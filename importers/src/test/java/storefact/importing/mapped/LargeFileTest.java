package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file larger than the heap, in a process of its own. */
@Tag("slow")
class LargeFileTest {

  private static final int ROWS = 1_000_000;
  private static final String HEAP = "-Xmx64m";

  @TempDir private Path folder;

  /** Runs the import in the process with the small heap. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      ImportReport report =
          new MappedImport(
                  Path.of(arguments[0]),
                  Mapping.bundled("online-retail"),
                  Path.of(arguments[1]),
                  false)
              .run(step -> {});
      System.out.println(report.closingLines().getLast());
    }
  }

  @Test
  void memoryDoesNotGrowWithTheFile() throws Exception {
    Path file = folder.resolve("invoices.csv");
    write(file);
    assertThat(Files.size(file)).isGreaterThan(64L << 20);
    Path output = folder.resolve("output");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                file.toString(),
                folder.resolve("drop").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    List<String> said = Files.readAllLines(output);
    assertThat(said).isNotEmpty();
    assertThat(said.getLast()).startsWith("1,000,000 rows = ").contains(" 0 rejected");
  }

  private static void write(Path file) throws IOException {
    Random random = new Random(7);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
      for (int row = 0; row < ROWS; row++) {
        boolean back = random.nextInt(50) == 0;
        int goods = random.nextInt(4_000);
        out.write(
            "%s%d,%d,GOODS NUMBER %d,%d,%d/%d/2011 %d:%02d,%d.%02d,%d,United Kingdom%n"
                .formatted(
                    back ? "C" : "",
                    500_000 + row / 20,
                    10_000 + goods,
                    goods,
                    back ? -1 : 1 + random.nextInt(12),
                    1 + row / 90_000,
                    1 + random.nextInt(28),
                    8 + row / 20 % 12,
                    row / 20 % 60,
                    1 + goods % 20,
                    goods % 100,
                    12_000 + row / 20 % 5_000));
      }
    }
  }
}
