package storefact.ingest.lake;

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
            .flatMap(new Rows(stream))
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

    private final String stream;
    private transient BatchRow row;

    Rows(String stream) {
      this.stream = stream;
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
      for (int i = 0; i < batch.size(); i++) {
        row.moveTo(batch, i);
        out.collect(row);
      }
    }
  }
}
