package storefact.mart.quality;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.countIf;
import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.DATE;
import static storefact.warehouse.jooq.dw.Tables.REJECTED_EVENT;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;
import storefact.mart.Slice;
import storefact.warehouse.Warehouse;

/** One row per day, stream, reason and source: lines that could not be taken, and their repair. */
public final class RejectedLines extends Mart {
  private static final Field<LocalDate> DAY =
      field("toDate({0})", SQLDataType.LOCALDATE, REJECTED_EVENT.REJECTED_AT);

  /** The mart. */
  public static final RejectedLines REJECTED_LINES = new RejectedLines();

  public final MartColumn<LocalDate> day =
      column("day", DATE, DAY).label("day", "日期").about("Day of the rejection in UTC");
  public final MartColumn<String> stream =
      column("stream", CODE, REJECTED_EVENT.STREAM)
          .label("stream", "数据流")
          .about("Stream, empty where unknown");
  public final MartColumn<String> reason =
      column("reason", CODE, REJECTED_EVENT.REASON).label("reason", "原因").about("Reason code");
  public final MartColumn<String> source =
      column("source", CODE, REJECTED_EVENT.SOURCE)
          .label("source", "来源")
          .about("Folder of the file, a store as a rule");
  public final MartColumn<Long> rejected =
      column("rejected", COUNT, count())
          .unit("lines")
          .label("rejected", "拒收行数")
          .about("Lines that could not be taken");
  public final MartColumn<Long> repaired =
      column("repaired", COUNT, countIf(REJECTED_EVENT.REPAIRED.isTrue()))
          .unit("lines")
          .label("repaired", "已修复行数")
          .about("Those of them that were offered again");

  private RejectedLines() {
    super(
        "rejected_lines",
        "One row per day, stream, reason and source: lines that could not be taken, and their repair",
        "每日、数据流、原因和来源一行：拒收行数与修复行数");
    owner("data engineering");
    freshWithin(Duration.ofHours(1));
    grain(day, stream, reason, source);
  }

  @Override
  protected Select<?> select(Slice slice) {
    return selectColumns()
        .from(REJECTED_EVENT)
        .groupBy(DAY, REJECTED_EVENT.STREAM, REJECTED_EVENT.REASON, REJECTED_EVENT.SOURCE);
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.same(
            name(),
            "counts every rejected line once",
            Warehouse.renderer().select(sum(rejected.own())).from(table()),
            Warehouse.renderer().select(count()).from(REJECTED_EVENT)));
  }
}
