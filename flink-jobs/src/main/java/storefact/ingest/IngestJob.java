package storefact.ingest;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import storefact.event.Contract;
import storefact.ingest.lake.Lake;
import storefact.ingest.lake.LakeSink;
import storefact.ingest.source.Delivery;
import storefact.ingest.source.DeliveryType;

/**
 * The ingest: source → lake and star. Parsing, validation and the search for repeats happen in the
 * source's readers; everything behind a reader is one chain, so that no line crosses a network.
 *
 * @param sourceName of the source in Flink, where its state goes by it
 * @param source deliveries of parsed lines
 * @param star sink of the star schema
 * @param lake sink of the raw lake; without one only the star is written, for measurements
 * @param streams streams that the lake takes in this run
 */
public record IngestJob(
    String sourceName,
    Source<Delivery, ?, ?> source,
    Sink<Delivery> star,
    Optional<Lake> lake,
    List<Contract<?>> streams) {

  /** Adds the job to an environment. */
  public void define(StreamExecutionEnvironment environment) {
    DataStream<Delivery> deliveries =
        environment
            .fromSource(source, WatermarkStrategy.noWatermarks(), sourceName, DeliveryType.INSTANCE)
            .uid(sourceName);
    deliveries.sinkTo(star).uid("star").name("star");
    lake.ifPresent(to -> streams.forEach(stream -> LakeSink.add(deliveries, to, stream)));
  }
}
