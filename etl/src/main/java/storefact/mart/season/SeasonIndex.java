package storefact.mart.season;

import static storefact.mart.ColumnType.CODE;
import static storefact.mart.ColumnType.COUNT;
import static storefact.mart.ColumnType.MONEY;
import static storefact.mart.ColumnType.RATIO_OR_NULL;
import static storefact.mart.season.GroupDay.GROUP_DAY;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.MartColumn;
import storefact.mart.ModelMart;
import storefact.mart.Slice;

/**
 * One row per area, group of goods and weekday, month, event or trend: by what factor sales per
 * open store change with it, everything else as it is. The model and its sources: {@link
 * SeasonFit}, after C. Gourieroux, A. Monfort, A. Trognon, Econometrica 52 (1984).
 *
 * <p>Own definition of what can be fitted: a series needs {@value #LEAST_DAYS} days with sales. It
 * runs from the group's first to its last day with sales; open days between them without sales
 * count as 0.
 */
public final class SeasonIndex extends ModelMart {
  /** Days with sales below which nobody can tell weekdays and months apart. */
  public static final int LEAST_DAYS = 28;

  private static final List<String> KINDS = List.of("weekday", "month", "event", "trend");

  /** The mart. */
  public static final SeasonIndex SEASON_INDEX = new SeasonIndex();

  public final MartColumn<String> area =
      column("area", CODE, GROUP_DAY.area)
          .label("area", "区域")
          .about("Region, or all for the chain");
  public final MartColumn<String> level =
      column("level", CODE, GROUP_DAY.level)
          .label("level", "层级")
          .about("all, department or category");
  public final MartColumn<String> department =
      column("department", CODE, GROUP_DAY.department)
          .label("department", "一级分类")
          .about("Category level 1, empty for all and where unknown");
  public final MartColumn<String> category =
      column("category", CODE, GROUP_DAY.category)
          .label("category", "二级分类")
          .about("Category level 2, empty above it and where unknown");
  public final MartColumn<String> kind =
      column("kind", CODE, GROUP_DAY.businessDate)
          .label("kind", "类别")
          .about("weekday, month, event or trend");
  public final MartColumn<String> item =
      column("item", CODE, GROUP_DAY.businessDate)
          .label("item", "项目（英文）")
          .about("Weekday, month, event, or a year for the trend");
  public final MartColumn<String> itemZh =
      column("item_zh", CODE, GROUP_DAY.businessDate)
          .label("item in Chinese", "项目")
          .about("The same in Chinese");
  public final MartColumn<Long> position =
      column("position", COUNT, GROUP_DAY.businessDate)
          .label("position", "序号")
          .about("Number within the kind from 1, to sort by");
  public final MartColumn<Double> index =
      column("index", RATIO_OR_NULL, GROUP_DAY.sales)
          .unit("factor")
          .label("index", "指数")
          .about(
              "Factor on sales per open store: weekdays and months average 1, days without event are 1;"
                  + " of the trend, the factor of a year more; null where the days cannot tell");
  public final MartColumn<Long> days =
      column("days", COUNT, GROUP_DAY.stores)
          .unit("days")
          .label("days", "天数")
          .about("Days behind the figure; an event of few days is as good as those days");
  public final MartColumn<BigDecimal> sales =
      column("sales", MONEY, GROUP_DAY.sales)
          .unit("currency")
          .label("sales", "销售额")
          .about("Sales before returns on these days");
  public final MartColumn<BigDecimal> fitted =
      column("fitted", MONEY, GROUP_DAY.sales)
          .unit("currency")
          .label("fitted sales", "拟合销售额")
          .about("Sales on these days by the model; they equal the observed ones");

  private SeasonIndex() {
    super(
        "season_index",
        "One row per area, group of goods and weekday, month, event or trend: factor on sales per open store",
        "每区域、商品组和星期、月份、节日或趋势一行：对每店销售额的影响系数");
    owner("goods");
    freshWithin(Duration.ofHours(24));
    grain(area, level, department, category, kind, item);
  }

  @Override
  protected Select<?> input(Slice slice) {
    return DSL.select(
            GROUP_DAY.area,
            GROUP_DAY.level,
            GROUP_DAY.department,
            GROUP_DAY.category,
            GROUP_DAY.businessDate,
            GROUP_DAY.stores,
            GROUP_DAY.sales,
            SeasonEvent.ofDay().as("event"))
        .from(GROUP_DAY.table())
        .join(CALENDAR)
        .on(CALENDAR.DAY.cast(LocalDate.class).eq(GROUP_DAY.businessDate))
        // all comes before category and department: it has every open day of its area
        .orderBy(
            GROUP_DAY.area,
            GROUP_DAY.level,
            GROUP_DAY.department,
            GROUP_DAY.category,
            GROUP_DAY.businessDate);
  }

  @Override
  protected List<Class<?>> codeOf() {
    return List.of(SeasonFit.class, SeasonEvent.class);
  }

  @Override
  protected List<Table<?>> described() {
    return List.of(GROUP_DAY.table());
  }

  @Override
  protected void compute(Stream<? extends Record> input, RowWriter rows) {
    List<Day> open = List.of();
    List<Day> series = new ArrayList<>();
    Group current = null;
    for (Iterator<? extends Record> i = input.iterator(); i.hasNext(); ) {
      Record row = i.next();
      Group group =
          new Group(
              row.get(0, String.class),
              row.get(1, String.class),
              row.get(2, String.class),
              row.get(3, String.class));
      if (current != null && !group.equals(current)) {
        open = current.level().equals("all") ? List.copyOf(series) : open;
        write(current, open, series, rows);
        series.clear();
      }
      current = group;
      series.add(
          new Day(
              row.get(4, LocalDate.class),
              row.get(5, Long.class),
              row.get(6, Double.class),
              row.get(7, Integer.class)));
    }
    if (current != null) {
      open = current.level().equals("all") ? List.copyOf(series) : open;
      write(current, open, series, rows);
    }
  }

  private static void write(Group group, List<Day> open, List<Day> series, RowWriter rows) {
    List<Day> days = filled(open, series);
    if (days.stream().filter(day -> day.sales() > 0).count() < LEAST_DAYS) {
      return;
    }
    int[] weekday = days.stream().mapToInt(d -> d.date().getDayOfWeek().getValue() - 1).toArray();
    int[] month = days.stream().mapToInt(d -> d.date().getMonthValue() - 1).toArray();
    int[] event = days.stream().mapToInt(Day::event).toArray();
    SeasonFit fit =
        new SeasonFit(
            days.stream().mapToInt(d -> (int) d.date().toEpochDay()).toArray(),
            days.stream().mapToDouble(Day::stores).toArray(),
            days.stream().mapToDouble(Day::sales).toArray(),
            weekday,
            month,
            event,
            SeasonEvent.ALL.size());
    for (DayOfWeek each : DayOfWeek.values()) {
      String chinese = each.getDisplayName(TextStyle.FULL, Locale.SIMPLIFIED_CHINESE);
      String english = each.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      int l = each.getValue() - 1;
      row(group, "weekday", english, chinese, l, fit.weekday(l), days, weekday, fit, rows);
    }
    for (Month each : Month.values()) {
      String chinese = each.getDisplayName(TextStyle.FULL, Locale.SIMPLIFIED_CHINESE);
      String english = each.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      int l = each.getValue() - 1;
      row(group, "month", english, chinese, l, fit.month(l), days, month, fit, rows);
    }
    for (int l = 0; l < SeasonEvent.ALL.size(); l++) {
      SeasonEvent each = SeasonEvent.ALL.get(l);
      row(group, "event", each.english(), each.chinese(), l, fit.event(l), days, event, fit, rows);
    }
    if (fit.tellsGrowth()) {
      int[] all = new int[days.size()];
      row(group, "trend", "a year", "每年", 0, fit.growth(), days, all, fit, rows);
    }
  }

  private static void row(
      Group group,
      String kind,
      String english,
      String chinese,
      int level,
      OptionalDouble index,
      List<Day> days,
      int[] levels,
      SeasonFit fit,
      RowWriter rows) {
    int count = 0;
    double sales = 0;
    double fitted = 0;
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] == level) {
        count++;
        sales += days.get(i).sales();
        fitted += fit.fitted(i);
      }
    }
    if (count > 0) {
      rows.row(
          group.area(),
          group.level(),
          group.department(),
          group.category(),
          kind,
          english,
          chinese,
          level + 1,
          index.isPresent() ? index.getAsDouble() : null,
          count,
          cents(sales),
          cents(fitted));
    }
  }

  private static BigDecimal cents(double amount) {
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
  }

  /** The open days from the first to the last one with sales, with 0 where nothing sold. */
  private static List<Day> filled(List<Day> open, List<Day> series) {
    int first = 0;
    int last = series.size() - 1;
    while (first <= last && series.get(first).sales() <= 0) {
      first++;
    }
    while (last >= first && series.get(last).sales() <= 0) {
      last--;
    }
    if (first > last) {
      return List.of();
    }
    LocalDate from = series.get(first).date();
    LocalDate to = series.get(last).date();
    List<Day> days = new ArrayList<>();
    int next = first;
    for (Day day : open) {
      if (day.date().isBefore(from) || day.date().isAfter(to)) {
        continue;
      }
      while (series.get(next).date().isBefore(day.date())) {
        next++;
      }
      Day own = series.get(next);
      days.add(
          own.date().equals(day.date())
              ? new Day(own.date(), day.stores(), Math.max(own.sales(), 0), own.event())
              : new Day(day.date(), day.stores(), 0, day.event()));
    }
    return days;
  }

  @Override
  protected List<Check> checks() {
    return List.of(
        Check.accepted(kind, KINDS),
        Check.none(
            this,
            "fitted sales are the observed ones, to a thousandth",
            DSL.selectFrom(table())
                .where(
                    DSL.condition(
                        "abs({0} - {1}) > 0.02 + 0.001 * {0}", sales.own(), fitted.own()))),
        Check.none(
            this,
            "weekdays and months average 1",
            DSL.select(area, level, department, category, kind)
                .from(table())
                .where(kind.in("weekday", "month"))
                .groupBy(area, level, department, category, kind)
                .having(DSL.condition("abs(avg({0}) - 1) > 0.000001", index.own()))));
  }

  private record Group(String area, String level, String department, String category) {}

  private record Day(LocalDate date, long stores, double sales, int event) {}
}
