package storefact.mart.season;

import static org.jooq.impl.DSL.field;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.QueryPart;

/**
 * The events of the year that sales answer to, as windows of days: festivals of the lunar calendar
 * wander through the months, and what is sold for them is sold before them. Of two that meet, the
 * first counts.
 */
enum SeasonEvent {
  SPRING_MINUS_3("Spring Festival, 21 to 15 days before", "春节前 15–21 天", spring(-21, -15)),
  SPRING_MINUS_2("Spring Festival, 14 to 8 days before", "春节前 8–14 天", spring(-14, -8)),
  SPRING_MINUS_1("Spring Festival, 7 days before", "春节前 7 天", spring(-7, -1)),
  SPRING("Spring Festival, first week", "春节期间", spring(0, 6)),
  LANTERN("Lantern Festival", "元宵节", lunar(1, 15, 15)),
  QINGMING("Qingming Festival", "清明节", named("Qingming")),
  LABOUR_DAY("Labour Day", "劳动节", solar(501, 505)),
  DRAGON_BOAT("Dragon Boat Festival and 4 days before", "端午节及前 4 天", lunar(5, 1, 5)),
  SHOPPING_618("618", "618 购物节", solar(618, 618)),
  INDEPENDENCE_DAY("Independence Day (US) and 3 days before", "美国独立日及前 3 天", solar(701, 704)),
  MID_AUTUMN("Mid-Autumn Festival and 7 days before", "中秋节及前 7 天", lunar(8, 8, 15)),
  NATIONAL_DAY("National Day week", "国庆黄金周", solar(1001, 1007)),
  SINGLES_DAY("Singles' Day", "双十一", solar(1111, 1111)),
  THANKSGIVING("Thanksgiving (US)", "感恩节", named("Thanksgiving")),
  BLACK_FRIDAY("Black Friday", "黑色星期五", named("Black Friday")),
  CHRISTMAS_WEEK("Christmas, 7 days before", "圣诞节前 7 天", solar(1218, 1224)),
  CHRISTMAS("Christmas", "圣诞节", solar(1225, 1225)),
  NONE("no event", "无节日", "");

  /** In the order in which they count; none is the last. */
  static final List<SeasonEvent> ALL = List.of(values());

  private final String english;
  private final String chinese;
  private final String condition;

  SeasonEvent(String english, String chinese, String condition) {
    this.english = english;
    this.chinese = chinese;
    this.condition = condition;
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }

  /** Position of the day's event in {@link #ALL}. */
  static Field<Integer> ofDay() {
    List<QueryPart> parts =
        new ArrayList<>(List.of(CALENDAR.SPRING_FESTIVAL_DAYS, CALENDAR.LUNAR_MONTH));
    parts.addAll(List.of(CALENDAR.LUNAR_DAY, CALENDAR.LEAP_MONTH, CALENDAR.MONTH, CALENDAR.DAY));
    parts.add(CALENDAR.FESTIVAL);
    List<String> branches = new ArrayList<>();
    for (SeasonEvent event : ALL) {
      branches.add(event == NONE ? "" : event.condition + ", ");
      branches.add(ALL.indexOf(event) + (event == NONE ? "" : ", "));
    }
    return field(
        "multiIf(" + String.join("", branches) + ")",
        Integer.class,
        parts.toArray(QueryPart[]::new));
  }

  private static String spring(int from, int to) {
    return "{0} BETWEEN " + from + " AND " + to;
  }

  private static String lunar(int month, int from, int to) {
    return "{1} = " + month + " AND {2} BETWEEN " + from + " AND " + to + " AND NOT {3}";
  }

  private static String solar(int from, int to) {
    return "{4} * 100 + toDayOfMonth({5}) BETWEEN " + from + " AND " + to;
  }

  private static String named(String festival) {
    return "position({6}, '" + festival + "') > 0";
  }
}
