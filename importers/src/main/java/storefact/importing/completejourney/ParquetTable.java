package storefact.importing.completejourney;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One Parquet file, read column by column into plain arrays, one element per row. */
final class ParquetTable implements AutoCloseable {

  private static final int JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final String name;
  private final ParquetFileReader reader;
  private final int rows;

  private ParquetTable(String name, ParquetFileReader reader) {
    this.name = name;
    this.reader = reader;
    this.rows = Math.toIntExact(reader.getFileMetaData().numRows());
  }

  static ParquetTable of(String name, byte[] file) throws IOException {
    return new ParquetTable(name, ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file))));
  }

  /** Rows of the table; reads nothing but the file's footer. */
  int rows() {
    return rows;
  }

  /** A column of whole numbers. */
  long[] longs(String column) throws IOException {
    long[] values = new long[rows];
    eachBatch(
        column,
        (batch, from, count) -> {
          requireAll(column, batch, count);
          System.arraycopy(batch.getLongs(), 0, values, from, count);
        });
    return values;
  }

  /** A column of whole numbers that are known to be small, such as ids of households. */
  int[] ints(String column) throws IOException {
    int[] values = new int[rows];
    eachBatch(
        column,
        (batch, from, count) -> {
          requireAll(column, batch, count);
          long[] longs = batch.getLongs();
          for (int i = 0; i < count; i++) {
            values[from + i] = Math.toIntExact(longs[i]);
          }
        });
    return values;
  }

  /** A column of dollars, as whole cents. */
  int[] cents(String column) throws IOException {
    int[] values = new int[rows];
    eachBatch(
        column,
        (batch, from, count) -> {
          requireAll(column, batch, count);
          double[] dollars = batch.getDoubles();
          for (int i = 0; i < count; i++) {
            values[from + i] = Cents.of(dollars[i]);
          }
        });
    return values;
  }

  /** A column of moments, as seconds since 1970-01-01T00:00:00Z. */
  long[] seconds(String column) throws IOException {
    long[] values = new long[rows];
    eachBatch(
        column,
        (batch, from, count) -> {
          requireAll(column, batch, count);
          // INT96: nanoseconds of the day, then the Julian day, little-endian.
          ByteBuffer bytes =
              ByteBuffer.wrap(batch.getBinaryValues()).order(ByteOrder.LITTLE_ENDIAN);
          int[] offsets = batch.getBinaryOffsets();
          for (int i = 0; i < count; i++) {
            long nanos = bytes.getLong(offsets[i]);
            long day = (long) bytes.getInt(offsets[i] + Long.BYTES) - JULIAN_DAY_OF_1970;
            values[from + i] = day * SECONDS_PER_DAY + nanos / NANOS_PER_SECOND;
          }
        });
    return values;
  }

  /** A column of texts; the empty text where the table says nothing. */
  String[] texts(String column) throws IOException {
    String[] values = new String[rows];
    eachBatch(
        column,
        (batch, from, count) -> {
          String[] texts = batch.getStrings();
          for (int i = 0; i < count; i++) {
            values[from + i] = batch.getLeafValidity().isNull(i) ? "" : texts[i];
          }
        });
    return values;
  }

  /** A column of single characters. */
  char[] letters(String column) throws IOException {
    char[] values = new char[rows];
    eachBatch(
        column,
        (batch, from, count) -> {
          requireAll(column, batch, count);
          String[] texts = batch.getStrings();
          for (int i = 0; i < count; i++) {
            if (texts[i].length() != 1) {
              throw new IOException(
                  "column " + name + "." + column + " holds '" + texts[i] + "', not one character");
            }
            values[from + i] = texts[i].charAt(0);
          }
        });
    return values;
  }

  private void eachBatch(String column, Batch take) throws IOException {
    int from = 0;
    try (ColumnReader values = reader.columnReader(column)) {
      while (values.nextBatch()) {
        int count = values.getRecordCount();
        take.take(values, from, count);
        from += count;
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException("cannot read column " + name + "." + column, e);
    }
    if (from != rows) {
      throw new IOException(
          "column " + name + "." + column + " has " + from + " values for " + rows + " rows");
    }
  }

  private void requireAll(String column, ColumnReader batch, int count) throws IOException {
    if (batch.getLeafValidity().hasNulls()) {
      throw new IOException(
          "column "
              + name
              + "."
              + column
              + " says nothing in "
              + batch.getLeafValidity().nullCount(count)
              + " rows where a value was expected");
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private interface Batch {
    void take(ColumnReader batch, int from, int count) throws IOException;
  }
}
