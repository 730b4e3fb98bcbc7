package storefact.ingest.lake;

import java.util.Arrays;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.util.Collector;
import org.apache.iceberg.DistributionMode;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.IcebergSink;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.Field;
import storefact.ingest.source.Delivery;

/** Writes the rows of one stream into its lake table, exactly once by Iceberg's own sink. */
public final class LakeSink {

  private LakeSink() {}

  /** Adds the sink of a stream behind the deliveries. */
  public static void add(DataStream<Delivery> deliveries, Lake lake, Contract<?> contract) {
    Table table = lake.table(contract);
    String stream = contract.stream();
    DataStream<RowData> rows =
        deliveries
            .flatMap(new Rows(contract))
            .returns(InternalTypeInfo.of(FlinkSchemaUtil.convert(table.schema())))
            .uid("rows-" + stream)
            .name("rows of " + stream);
    IcebergSink.forRowData(rows)
        .table(table)
        .tableLoader(lake.loader(contract))
        // Each writer writes what its reader read: no row crosses the network.
        .distributionMode(DistributionMode.NONE)
        .uidSuffix(stream)
        .append();
  }

  private static final class Rows implements FlatMapFunction<Delivery, RowData> {
    private static final long serialVersionUID = 1L;
    private static final int NO_DAY = -1;

    private final String stream;
    private final int day;
    private transient BatchRow row;
    private transient long[] order;

    Rows(Contract<?> contract) {
      this.stream = contract.stream();
      this.day =
          contract.fields().stream()
              .filter(field -> field.near().isPresent())
              .map(Field::ordinal)
              .findFirst()
              .orElse(NO_DAY);
    }

    @Override
    public void flatMap(Delivery delivery, Collector<RowData> out) {
      EventBatch batch = delivery.batch();
      if (!batch.contract().stream().equals(stream)) {
        return;
      }
      if (row == null) {
        row = new BatchRow();
      }
      if (day == NO_DAY) {
        for (int i = 0; i < batch.size(); i++) {
          row.moveTo(batch, i);
          out.collect(row);
        }
        return;
      }
      int size = orderByDay(batch);
      for (int i = 0; i < size; i++) {
        row.moveTo(batch, (int) order[i]);
        out.collect(row);
      }
    }

    /**
     * Day by day: each day is a file of twenty columns under way, and to go from one to the next
     * with every row would miss the processor's caches with every value.
     */
    private int orderByDay(EventBatch batch) {
      int size = batch.size();
      if (order == null || order.length < size) {
        order = new long[size];
      }
      long[] days = batch.numbers(day);
      boolean sorted = true;
      for (int i = 0; i < size; i++) {
        order[i] = (days[i] << Integer.SIZE) | i;
        sorted &= i == 0 || days[i - 1] <= days[i];
      }
      if (!sorted) {
        Arrays.sort(order, 0, size);
      }
      return size;
    }
  }
}
