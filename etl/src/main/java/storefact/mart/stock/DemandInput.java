package storefact.mart.stock;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static storefact.mart.sales.SettledMonth.firstOpenMonth;
import static storefact.mart.sales.StoreMonth.STORE_MONTH;
import static storefact.mart.stock.DemandHistory.DEMAND_HISTORY;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;
import static storefact.warehouse.jooq.dw.Tables.GOODS;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import storefact.mart.Slice;
import storefact.model.forecast.DemandCalendar;
import storefact.model.forecast.DemandDay;
import storefact.model.forecast.DemandPanel;

/**
 * What a forecast reads: sales of goods, a row per store and goods with its days in a line of text,
 * and the days of the calendar around them.
 *
 * @param panel the sales
 * @param calendar from before the first sale to after the last day forecast
 */
public record DemandInput(DemandPanel panel, DemandCalendar calendar) {
  private static final String FESTIVALS_APART = " \\+ ";
  private static final int AROUND = DemandCalendar.MARGIN + DemandForecast.DAYS_AHEAD;

  /** Sales lines whose goods and days a back-test reads. */
  private static final int SAMPLED = 20_000_000;

  private static final Field<String> FIRST_DAY = text("first_day");
  private static final Field<String> LAST_DAY = text("last_day");
  private static final Field<String> STORE = text("store");
  private static final Field<String> DEPARTMENT = text("department");
  private static final Field<String> CATEGORY = text("category");
  private static final Field<String> NAME = text("goods");
  private static final Field<String> DAYS = text("days");
  private static final Field<String> THOUSANDTHS = text("thousandths");
  private static final Field<String> CENTS = text("cents");
  private static final Field<String> FESTIVALS = text("festivals");
  private static final Field<String> PUBLIC_HOLIDAY = text("public_holiday");
  private static final Field<String> MAKE_UP_WORKDAY = text("make_up_workday");

  /** The select whose rows {@link #read} takes. */
  public static Select<?> select() {
    return select(DSL.noCondition(), day(DSL.max(DEMAND_HISTORY.businessDate), DSL.noCondition()));
  }

  /**
   * As {@link #select}, of the months that are over and of as many stores as have about {@link
   * #SAMPLED} lines, all of their goods: a judgement by a hundred stores is as good as by all, and
   * its time does not grow with the chain.
   */
  static Select<?> ofSomeStores(Slice slice) {
    Field<BigDecimal> lines =
        field(
            "ifNull(({0}), 0)",
            BigDecimal.class,
            DSL.select(DSL.sum(STORE_MONTH.lines))
                .from(STORE_MONTH.table())
                .where(slice.only(STORE_MONTH.month, STORE_MONTH.month.lt(firstOpenMonth()))));
    Condition some =
        DSL.condition(
            "{0} < {1} AND cityHash64({2}) % (1 + intDiv({3}, {4})) = 0",
            DEMAND_HISTORY.businessDate,
            firstOpenMonth(),
            DEMAND_HISTORY.store,
            lines,
            inline(SAMPLED));
    return select(
        slice.only(DEMAND_HISTORY.businessDate, some),
        field("{0} - 1", LocalDate.class, firstOpenMonth()));
  }

  private static Select<?> select(Condition where, Field<LocalDate> last) {
    Field<LocalDate> first = day(DSL.min(DEMAND_HISTORY.businessDate), where);
    return sales(where, first, last).unionAll(days(first, last));
  }

  private static Select<Record> sales(
      Condition where, Field<LocalDate> first, Field<LocalDate> last) {
    return DSL.select(
            List.of(
                field("toString(toInt32({0}))", String.class, first).as(FIRST_DAY),
                field("toString(toInt32({0}))", String.class, last).as(LAST_DAY),
                field("toString({0})", String.class, DEMAND_HISTORY.store).as(STORE),
                field("toString(any({0}))", String.class, GOODS.DEPARTMENT).as(DEPARTMENT),
                field("toString(any({0}))", String.class, GOODS.CATEGORY).as(CATEGORY),
                field("toString({0})", String.class, DEMAND_HISTORY.goods).as(NAME),
                line(field("toInt32({0})", Integer.class, DEMAND_HISTORY.businessDate)).as(DAYS),
                line(field("toInt64({0} * 1000)", Long.class, DEMAND_HISTORY.quantity))
                    .as(THOUSANDTHS),
                line(field("toInt64({0} * 100)", Long.class, DEMAND_HISTORY.netSales)).as(CENTS),
                inline("").as(FESTIVALS),
                inline("").as(PUBLIC_HOLIDAY),
                inline("").as(MAKE_UP_WORKDAY)))
        .from(DEMAND_HISTORY.table())
        .leftJoin(GOODS)
        .on(GOODS.GOODS_.eq(DEMAND_HISTORY.goods))
        .where(where)
        .groupBy(DEMAND_HISTORY.store, DEMAND_HISTORY.goods);
  }

  private static Select<Record> days(Field<LocalDate> first, Field<LocalDate> last) {
    return DSL.select(
            List.of(
                inline("").as(FIRST_DAY),
                inline("").as(LAST_DAY),
                inline("").as(STORE),
                inline("").as(DEPARTMENT),
                inline("").as(CATEGORY),
                inline("").as(NAME),
                field("toString(toInt32({0}))", String.class, CALENDAR.DAY).as(DAYS),
                inline("").as(THOUSANDTHS),
                inline("").as(CENTS),
                field("toString({0})", String.class, CALENDAR.FESTIVAL).as(FESTIVALS),
                field("toString({0})", String.class, CALENDAR.PUBLIC_HOLIDAY).as(PUBLIC_HOLIDAY),
                field("toString({0})", String.class, CALENDAR.MAKE_UP_WORKDAY).as(MAKE_UP_WORKDAY)))
        .from(CALENDAR)
        .where(
            DSL.condition(
                "{0} BETWEEN {1} - {3} AND {2} + {3}", CALENDAR.DAY, first, last, inline(AROUND)));
  }

  private static Field<LocalDate> day(Field<LocalDate> firstOrLast, Condition where) {
    return field(
        "({0})",
        LocalDate.class, DSL.select(firstOrLast).from(DEMAND_HISTORY.table()).where(where));
  }

  /** Values of the days of a group, blank between; all such lines of a row in the same order. */
  private static Field<String> line(Field<?> value) {
    return field("arrayStringConcat(groupArray({0}), ' ')", String.class, value);
  }

  private static Field<String> text(String name) {
    return field(DSL.name(name), String.class);
  }

  /** Reads rows of {@link #select}, in any order; empty if nothing was sold. */
  public static Optional<DemandInput> read(Stream<? extends Record> rows) {
    List<DemandDay> days = new ArrayList<>();
    DemandPanel.Builder[] builder = new DemandPanel.Builder[1];
    rows.forEach(
        row -> {
          if (row.get(FIRST_DAY).isEmpty()) {
            days.add(day(row));
            return;
          }
          if (builder[0] == null) {
            builder[0] =
                new DemandPanel.Builder(
                    Integer.parseInt(row.get(FIRST_DAY)), Integer.parseInt(row.get(LAST_DAY)));
          }
          builder[0].add(
              row.get(STORE),
              row.get(DEPARTMENT),
              row.get(CATEGORY),
              row.get(NAME),
              Arrays.stream(numbers(row.get(DAYS))).mapToInt(Math::toIntExact).toArray(),
              numbers(row.get(THOUSANDTHS)),
              numbers(row.get(CENTS)));
        });
    if (builder[0] == null) {
      return Optional.empty();
    }
    days.sort(Comparator.comparingInt(DemandDay::epochDay));
    return Optional.of(new DemandInput(builder[0].build(), new DemandCalendar(days)));
  }

  private static DemandDay day(Record row) {
    String festivals = row.get(FESTIVALS);
    return DemandDay.of(
        LocalDate.ofEpochDay(Long.parseLong(row.get(DAYS))),
        festivals.isEmpty() ? List.of() : List.of(festivals.split(FESTIVALS_APART, -1)),
        row.get(PUBLIC_HOLIDAY).split(FESTIVALS_APART, -1)[0],
        row.get(MAKE_UP_WORKDAY).equals("true"));
  }

  /** Whole numbers with a blank between; there are millions of them. */
  private static long[] numbers(String line) {
    int count = 1;
    for (int i = 0; i < line.length(); i++) {
      count += line.charAt(i) == ' ' ? 1 : 0;
    }
    long[] numbers = new long[count];
    int place = 0;
    long number = 0;
    int sign = 1;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ' ') {
        numbers[place++] = sign * number;
        number = 0;
        sign = 1;
      } else if (c == '-') {
        sign = -1;
      } else {
        number = 10 * number + (c - '0');
      }
    }
    numbers[place] = sign * number;
    return numbers;
  }
}
