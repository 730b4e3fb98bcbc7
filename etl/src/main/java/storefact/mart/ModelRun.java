package storefact.mart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.Record;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Warehouse;

/** Feeds a model what it reads and inserts what it computes, in blocks of bounded size. */
final class ModelRun {
  private static final int BLOCK_CHARACTERS = 8 << 20;

  private final Warehouse warehouse;
  private final ModelMart mart;

  ModelRun(Warehouse warehouse, ModelMart mart) {
    this.warehouse = warehouse;
    this.mart = mart;
  }

  ClickHouseHttp.Cost run(MartTable table, String partition, Map<String, String> settings) {
    Rows rows = new Rows(table.intoStaging() + " FORMAT TabSeparated", settings);
    try (Warehouse reader = Warehouse.connect(warehouse.address());
        Cursor<? extends Record> cursor = reader.sql().fetchLazy(table.select(List.of(partition)));
        Stream<? extends Record> input = cursor.stream()) {
      mart.compute(input, rows);
      rows.flush();
    } finally {
      rows.settle();
    }
    // What a model takes is the memory of this process; the statements behind it are small.
    return new ClickHouseHttp.Cost(0, 0, 0);
  }

  /** The code of a class, as text. */
  static String bytes(Class<?> code) {
    String file = code.getName().substring(code.getPackageName().length() + 1) + ".class";
    try (InputStream in = code.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("cannot read the code of " + code);
      }
      return Base64.getEncoder().encodeToString(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the code of " + code, e);
    }
  }

  /** While the server takes one block, the model fills the next. */
  private final class Rows implements ModelMart.RowWriter {
    private final String insert;
    private final Map<String, String> settings;
    private final StringBuilder block = new StringBuilder();
    private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);

    Rows(String insert, Map<String, String> settings) {
      this.insert = insert;
      this.settings = new java.util.HashMap<>(settings);
      // Each block is a statement of its own; the build's id is that of none of them.
      this.settings.remove("query_id");
    }

    @Override
    public void row(Object... values) {
      if (values.length != mart.columns().size()) {
        throw new IllegalArgumentException(
            "mart %s has %d columns, its model gave %d values"
                .formatted(mart.name(), mart.columns().size(), values.length));
      }
      int fields = 0;
      for (Object value : values) {
        if (fields++ > 0) {
          block.append('\t');
        }
        block.append(
            switch (value) {
              case null -> "\\N";
              case String text -> escaped(text);
              default -> value;
            });
      }
      block.append('\n');
      if (block.length() >= BLOCK_CHARACTERS) {
        flush();
      }
    }

    void flush() {
      settle();
      if (!block.isEmpty()) {
        byte[] lines = block.toString().getBytes(UTF_8);
        block.setLength(0);
        taken =
            CompletableFuture.runAsync(
                () -> warehouse.http().insert(insert, settings, lines, ""),
                Thread::startVirtualThread);
      }
    }

    /** Waits until the server has taken or refused what was sent. */
    void settle() {
      CompletableFuture<Void> last = taken;
      taken = CompletableFuture.completedFuture(null);
      try {
        last.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }

    private static String escaped(String text) {
      return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }
  }
}
