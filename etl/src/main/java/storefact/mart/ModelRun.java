package storefact.mart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.Record;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.Warehouse;

/** Feeds a model what it reads and inserts what it computes, in blocks of bounded size. */
final class ModelRun {
  private static final int BLOCK_BYTES = 8 << 20;

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
    }
    rows.flush();
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

  private final class Rows implements ModelMart.RowWriter {
    private final String insert;
    private final Map<String, String> settings;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

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
      StringBuilder line = new StringBuilder();
      int fields = 0;
      for (Object value : values) {
        if (fields++ > 0) {
          line.append('\t');
        }
        line.append(value == null ? "\\N" : escaped(value.toString()));
      }
      block.writeBytes(line.append('\n').toString().getBytes(UTF_8));
      if (block.size() >= BLOCK_BYTES) {
        flush();
      }
    }

    void flush() {
      if (block.size() > 0) {
        warehouse.http().insert(insert, settings, block.toByteArray(), "");
        block.reset();
      }
    }

    private static String escaped(String text) {
      return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }
  }
}
