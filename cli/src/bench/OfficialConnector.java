import com.clickhouse.data.ClickHouseDataType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.clickhouse.convertor.ClickHouseConvertor;
import org.apache.flink.connector.clickhouse.convertor.ColumnBinding;
import org.apache.flink.connector.clickhouse.convertor.DataMapper;
import org.apache.flink.connector.clickhouse.sink.ClickHouseAsyncSink;
import org.apache.flink.connector.clickhouse.sink.ClickHouseClientConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import storefact.event.EventBatch;
import storefact.ingest.source.Delivery;
import storefact.ingest.source.DeliveryType;
import storefact.ingest.source.DropSource;
import storefact.ingest.source.FileLedger;

/**
 * The same drop files by the same source into the same table, through ClickHouse's official Flink
 * connector (at least once). Not a part of the build, which does not have the connector: {@code
 * storefact bench ingest --peer CLASSPATH} runs it from source. Its best settings that were found:
 * batches of 10,000 rows (larger ones are slower), four requests in flight.
 */
public final class OfficialConnector {

  private static final int BATCH_ROWS = 10_000;

  /** A line as the connector wants it: one object each. */
  public static final class Line {
    public String store;
    public int businessDay;
    public String till;
    public String receipt;
    public long line;
    public long soldAt;
    public String card;
    public String goods;
    public long quantity;
    public long netAmount;
    public long retailDiscount;
    public long couponDiscount;
    public long couponMatchDiscount;
    public long version;
  }

  /** Column by column into the connector's map. */
  public static final class Mapper extends DataMapper<Line> {
    @Override
    public void toMap(Line line, Map<String, Object> row) {
      row.put("store", line.store);
      row.put("business_date", LocalDate.ofEpochDay(line.businessDay));
      row.put("till", line.till);
      row.put("receipt", line.receipt);
      row.put("line", line.line);
      row.put("sold_at", LocalDateTime.ofEpochSecond(line.soldAt, 0, ZoneOffset.UTC));
      row.put("card", line.card);
      row.put("goods", line.goods);
      row.put("quantity", BigDecimal.valueOf(line.quantity, 3));
      row.put("net_amount", BigDecimal.valueOf(line.netAmount, 2));
      row.put("retail_discount", BigDecimal.valueOf(line.retailDiscount, 2));
      row.put("coupon_discount", BigDecimal.valueOf(line.couponDiscount, 2));
      row.put("coupon_match_discount", BigDecimal.valueOf(line.couponMatchDiscount, 2));
      row.put("version", line.version);
    }

    private static ColumnBinding text(String name) {
      return ColumnBinding.scalar(name, name, ClickHouseDataType.String);
    }

    private static ColumnBinding code(String name) {
      return ColumnBinding.scalar(name, name, ClickHouseDataType.String, false, true);
    }

    private static ColumnBinding number(String name, ClickHouseDataType type) {
      return ColumnBinding.scalar(name, name, type);
    }

    private static ColumnBinding decimal(String name, int scale) {
      return ColumnBinding.decimal(name, name, 18, scale);
    }

    @Override
    public List<ColumnBinding> bindings() {
      return List.of(
          code("store"),
          number("business_date", ClickHouseDataType.Date),
          code("till"),
          text("receipt"),
          number("line", ClickHouseDataType.UInt32),
          number("sold_at", ClickHouseDataType.DateTime),
          text("card"),
          text("goods"),
          decimal("quantity", 3),
          decimal("net_amount", 2),
          decimal("retail_discount", 2),
          decimal("coupon_discount", 2),
          decimal("coupon_match_discount", 2),
          number("version", ClickHouseDataType.UInt32));
    }
  }

  /** Every file is new. */
  static final class NoLedger implements FileLedger {
    @Override
    public Map<String, Long> taken(Collection<String> paths) {
      return Map.of();
    }

    @Override
    public Set<Content> ofSizes(Collection<Long> sizes) {
      return Set.of();
    }
  }

  private static Line line(EventBatch batch, int row) {
    Line line = new Line();
    line.store = batch.text(ordinal(batch, "store"), row);
    line.businessDay = (int) batch.number(ordinal(batch, "business_date"), row);
    line.till = batch.text(ordinal(batch, "till"), row);
    line.receipt = batch.text(ordinal(batch, "receipt"), row);
    line.line = batch.number(ordinal(batch, "line"), row);
    line.soldAt = batch.number(ordinal(batch, "sold_at"), row);
    line.card = batch.text(ordinal(batch, "card"), row);
    line.goods = batch.text(ordinal(batch, "goods"), row);
    line.quantity = batch.number(ordinal(batch, "quantity"), row);
    line.netAmount = batch.number(ordinal(batch, "net_amount"), row);
    line.retailDiscount = batch.number(ordinal(batch, "retail_discount"), row);
    line.couponDiscount = batch.number(ordinal(batch, "coupon_discount"), row);
    line.couponMatchDiscount = batch.number(ordinal(batch, "coupon_match_discount"), row);
    line.version = batch.number(ordinal(batch, "version"), row);
    return line;
  }

  private static final Map<String, Integer> ORDINALS = new HashMap<>();

  private static synchronized int ordinal(EventBatch batch, String name) {
    return ORDINALS.computeIfAbsent(name, key -> batch.contract().field(key).ordinal());
  }

  private static long run(String folder, String url, String user, String password)
      throws Exception {
    Configuration configuration = new Configuration();
    String cores = String.valueOf(Runtime.getRuntime().availableProcessors());
    configuration.setString("parallelism.default", cores);
    configuration.setString("taskmanager.numberOfTaskSlots", cores);
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("rest.bind-port", "0");
    configuration.setString("execution.checkpointing.interval", "5 s");
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    DropSource source =
        new DropSource(
            Path.of(folder),
            Boundedness.BOUNDED,
            Duration.ofMillis(250),
            new NoLedger(),
            () -> store -> true,
            "official");
    ClickHouseClientConfig client =
        new ClickHouseClientConfig(
            url, user, password, "bench", "sales_line", Map.of(), Map.of("async_insert", "0"), false);
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "drop", DeliveryType.INSTANCE)
        .flatMap(
            (Delivery delivery, org.apache.flink.util.Collector<Line> out) -> {
              for (int row = 0; row < delivery.batch().size(); row++) {
                out.collect(line(delivery.batch(), row));
              }
            })
        .returns(TypeInformation.of(Line.class))
        .sinkTo(
            ClickHouseAsyncSink.<Line>builder()
                .setElementConverter(new ClickHouseConvertor<>(Line.class, new Mapper()))
                .setClickHouseClientConfig(client)
                .setMaxBatchSize(BATCH_ROWS)
                .setMaxBufferedRequests(2 * BATCH_ROWS)
                .setMaxInFlightRequests(4)
                .setMaxBatchSizeInBytes(256L << 20)
                .setMaxRecordSizeInBytes(1 << 20)
                .setMaxTimeInBufferMS(1000)
                .build());
    return environment.execute("official connector").getNetRuntime();
  }

  /** Arguments: folder, address, user, times to run; the password comes from the environment. */
  public static void main(String[] arguments) throws Exception {
    String password = System.getenv("STOREFACT_WAREHOUSE_PASSWORD");
    long millis = run(arguments[0], arguments[1], arguments[2], password);
    System.out.println("MILLIS " + millis);
    System.exit(0);
  }
}
