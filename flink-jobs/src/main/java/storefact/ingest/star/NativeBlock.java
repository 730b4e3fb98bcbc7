package storefact.ingest.star;

import java.nio.charset.StandardCharsets;
import java.util.List;
import storefact.event.EventBatch;
import storefact.event.Field;

/**
 * Rows on their way into one table, column by column, as ClickHouse's Native format wants them over
 * HTTP (no block info; for each column: name, type, values). Not thread-safe.
 */
final class NativeBlock {

  private final Column[] columns;
  private int rows;

  private NativeBlock(Column[] columns) {
    this.columns = columns;
  }

  /** A block for the star table of a contract: its fields in order. */
  static NativeBlock of(List<Field> fields) {
    return new NativeBlock(fields.stream().map(Column::of).toArray(Column[]::new));
  }

  /** A block of the named columns; names and types in turn. */
  static NativeBlock of(String... namesAndTypes) {
    Column[] columns = new Column[namesAndTypes.length / 2];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(namesAndTypes[2 * i], namesAndTypes[2 * i + 1]);
    }
    return new NativeBlock(columns);
  }

  int rows() {
    return rows;
  }

  /** Appends rows of a batch whose contract gave the columns. */
  void append(EventBatch batch, int from, int to) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].append(batch, i, from, to);
    }
    rows += to - from;
  }

  /** Appends one row: a {@code Long}, {@code String} or {@code byte[]} for each column. */
  void append(Object... values) {
    for (int i = 0; i < columns.length; i++) {
      switch (values[i]) {
        case Long number -> columns[i].append(number);
        case String text -> columns[i].append(text.getBytes(StandardCharsets.UTF_8));
        case byte[] bytes -> columns[i].append(bytes);
        default -> throw new IllegalArgumentException("no column for " + values[i].getClass());
      }
    }
    rows++;
  }

  /** The block's bytes; the block is empty afterwards. */
  NativeBuffer seal() {
    long size = 16;
    for (Column column : columns) {
      size += column.encodedSize();
    }
    NativeBuffer out = new NativeBuffer(Math.toIntExact(size));
    out.putVarint(columns.length);
    out.putVarint(rows);
    for (Column column : columns) {
      column.encode(out, rows);
      column.clear();
    }
    rows = 0;
    return out;
  }

  /** Column names, as an INSERT lists them. */
  String columnList() {
    StringBuilder list = new StringBuilder();
    for (Column column : columns) {
      list.append(list.isEmpty() ? "" : ", ").append(column.name());
    }
    return list.toString();
  }
}
