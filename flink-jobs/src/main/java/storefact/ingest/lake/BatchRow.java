package storefact.ingest.lake;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;
import storefact.event.EventBatch;

/** One row of a batch as Flink's row, without copying it. Moved from row to row by its owner. */
final class BatchRow implements RowData {

  private static final long MILLIS_PER_SECOND = 1000;

  private EventBatch batch;
  private int row;

  void moveTo(EventBatch newBatch, int newRow) {
    batch = newBatch;
    row = newRow;
  }

  @Override
  public int getArity() {
    return batch.contract().fields().size();
  }

  @Override
  public RowKind getRowKind() {
    return RowKind.INSERT;
  }

  @Override
  public void setRowKind(RowKind kind) {
    if (kind != RowKind.INSERT) {
      throw new IllegalArgumentException("the lake takes inserts only, not " + kind);
    }
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return batch.isAbsent(ordinal, row);
  }

  @Override
  public boolean getBoolean(int ordinal) {
    return batch.number(ordinal, row) == 1;
  }

  @Override
  public int getInt(int ordinal) {
    return (int) batch.number(ordinal, row);
  }

  @Override
  public long getLong(int ordinal) {
    return batch.number(ordinal, row);
  }

  @Override
  public StringData getString(int ordinal) {
    EventBatch.TextColumn texts = batch.texts(ordinal);
    int start = texts.start(row);
    return BinaryStringData.fromBytes(texts.bytes(), start, texts.end(row) - start);
  }

  @Override
  public DecimalData getDecimal(int ordinal, int precision, int scale) {
    return DecimalData.fromUnscaledLong(batch.number(ordinal, row), precision, scale);
  }

  @Override
  public TimestampData getTimestamp(int ordinal, int precision) {
    return TimestampData.fromEpochMillis(batch.number(ordinal, row) * MILLIS_PER_SECOND);
  }

  private static IllegalArgumentException unknown(int ordinal) {
    return new IllegalArgumentException("contracts have no such type in column " + ordinal);
  }

  @Override
  public byte getByte(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public short getShort(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public float getFloat(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public double getDouble(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public <T> RawValueData<T> getRawValue(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public byte[] getBinary(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public ArrayData getArray(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public MapData getMap(int ordinal) {
    throw unknown(ordinal);
  }

  @Override
  public RowData getRow(int ordinal, int fields) {
    throw unknown(ordinal);
  }

  @Override
  public Variant getVariant(int ordinal) {
    throw unknown(ordinal);
  }
}
