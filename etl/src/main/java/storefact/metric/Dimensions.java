package storefact.metric;

import static org.jooq.impl.DSL.field;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.member.MemberValueClass.MEMBER_VALUE_CLASS;
import static storefact.warehouse.jooq.dw.Tables.CALENDAR;
import static storefact.warehouse.jooq.dw.Tables.GOODS;
import static storefact.warehouse.jooq.dw.Tables.STORE;
import static storefact.warehouse.jooq.dw.Tables.TIME_OF_DAY;

import java.util.List;
import org.jooq.Field;
import storefact.metric.Dimension.Lookup;

/** Every dimension: the one place where a new one is named. */
public final class Dimensions {
  static final Dimension DAY = Dimension.key("day", "day", "日期", Key.DAY);

  /** In the order of lists: time, place, goods, members. */
  public static final List<Dimension> ALL =
      List.of(
          DAY,
          day(
              "week",
              "ISO week",
              "ISO 周",
              text(
                  "concat(toString({0}), '-W', leftPad(toString({1}), 2, '0'))",
                  CALENDAR.ISO_YEAR, CALENDAR.ISO_WEEK)),
          time("month", "month", "月份", text("left(toString({0}), 7)", CALENDAR.MONTH_START)),
          time(
              "quarter",
              "quarter",
              "季度",
              text("concat(toString({0}), '-Q', toString({1}))", CALENDAR.YEAR, CALENDAR.QUARTER)),
          time("year", "year", "年", CALENDAR.YEAR),
          day("weekday", "weekday, 1 = Monday", "星期（1 = 周一）", CALENDAR.WEEKDAY),
          day("day_off", "day off", "休息日", CALENDAR.DAY_OFF),
          day("festival", "festival", "节日", CALENDAR.FESTIVAL),
          Dimension.key("hour", "hour", "小时", Key.HOUR),
          Dimension.told(
              "hour_band",
              "band of hours",
              "时段",
              new Lookup(
                  TIME_OF_DAY,
                  TIME_OF_DAY.HOUR,
                  text(
                      "concat(toString({0}), ' ', {1})", TIME_OF_DAY.BAND_ORDER, TIME_OF_DAY.BAND)),
              Key.HOUR),
          Dimension.key("store", "store", "门店", Key.STORE),
          store("store_name", "store name", "门店名称", STORE.NAME),
          store("region", "region", "大区", STORE.REGION),
          store("country", "country", "国家", STORE.COUNTRY),
          store("province", "province", "省份", STORE.PROVINCE),
          store("city", "city", "城市", STORE.CITY),
          store("district", "district", "区县", STORE.DISTRICT),
          store("format", "format", "业态", STORE.FORMAT),
          Dimension.key("goods", "goods", "商品", Key.GOODS),
          goods("goods_name", "goods name", "商品名称", GOODS.NAME),
          goods("department", "category level 1", "一级分类", GOODS.DEPARTMENT),
          goods("category", "category level 2", "二级分类", GOODS.CATEGORY),
          goods("type", "category level 3", "三级分类", GOODS.TYPE),
          goods("brand", "brand", "品牌", GOODS.BRAND),
          Dimension.told(
              "segment",
              "RFM segment",
              "会员分层",
              new Lookup(MEMBER_RFM.table(), MEMBER_RFM.member, MEMBER_RFM.segment),
              Key.MEMBER),
          Dimension.told(
              "value_class",
              "value class",
              "价值等级",
              new Lookup(
                  MEMBER_VALUE_CLASS.table(),
                  MEMBER_VALUE_CLASS.member,
                  MEMBER_VALUE_CLASS.valueClass),
              Key.MEMBER));

  private Dimensions() {}

  /**
   * The dimension of that name.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest ones
   */
  public static Dimension named(String name) {
    return ALL.stream()
        .filter(dimension -> dimension.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Names.unknown("dimension", name, ALL.stream().map(Dimension::name).toList()));
  }

  private static Dimension day(String name, String english, String chinese, Field<?> value) {
    return Dimension.told(name, english, chinese, calendar(value), Key.DAY);
  }

  /** Months and what they make up: what is known by month has them, too. */
  private static Dimension time(String name, String english, String chinese, Field<?> value) {
    return Dimension.told(name, english, chinese, calendar(value), Key.DAY, Key.MONTH);
  }

  private static Lookup calendar(Field<?> value) {
    return new Lookup(CALENDAR, CALENDAR.DAY, value);
  }

  private static Dimension store(String name, String english, String chinese, Field<?> value) {
    return Dimension.told(
        name, english, chinese, new Lookup(STORE, STORE.STORE_, value), Key.STORE);
  }

  private static Dimension goods(String name, String english, String chinese, Field<?> value) {
    return Dimension.told(
        name, english, chinese, new Lookup(GOODS, GOODS.GOODS_, value), Key.GOODS);
  }

  private static Field<String> text(String template, Field<?>... fields) {
    return field(template, String.class, (Object[]) fields);
  }
}
