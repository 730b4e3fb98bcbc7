package storefact.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storefact.report.Overview.Words;
import storefact.warehouse.Warehouse;

/**
 * A public holiday, as charts of days mark it.
 *
 * @param first day
 * @param last day
 */
public record Holiday(LocalDate first, LocalDate last, Words name) {
  /** Where a chart says what it marks. */
  static final String MARKS = "annotation_layers";

  private static final Words ALL = new Words("Public holidays", "法定节假日");

  /**
   * Numbers of the layers in Superset, beyond those that it gives to layers made in the browser.
   */
  private static final int FIRST_LAYER = 1_000_001;

  /**
   * Those of mainland China in the years that have sales and the year after; none for a chain
   * without a store there.
   */
  public static List<Holiday> of(Warehouse warehouse) {
    String rows =
        warehouse
            .http()
            .query(
                """
                WITH (SELECT (min(business_date), max(business_date)) FROM dw.receipt_statistics) AS sold
                SELECT min(day), max(day), public_holiday, public_holiday_zh
                FROM (
                    SELECT day, public_holiday, public_holiday_zh,
                        toInt32(day) - row_number() OVER (PARTITION BY public_holiday ORDER BY day) AS span
                    FROM dw.calendar
                    WHERE public_holiday != '' AND year BETWEEN toYear(sold.1) AND toYear(sold.2) + 1
                )
                WHERE (SELECT count() FROM dw.store WHERE country IN ('China', '中国', 'CN') OR provinceCode(province) != '') > 0
                GROUP BY public_holiday, public_holiday_zh, span
                ORDER BY ALL
                FORMAT TSVRaw
                """);
    List<Holiday> all = new ArrayList<>();
    for (String row : rows.lines().toList()) {
      String[] cells = row.split("\t", -1);
      all.add(
          new Holiday(
              LocalDate.parse(cells[0]), LocalDate.parse(cells[1]), new Words(cells[2], cells[3])));
    }
    return all;
  }

  private static int layerNumber(Language language) {
    return language == Language.EN ? FIRST_LAYER : FIRST_LAYER + 1;
  }

  /** All of them, in the words of {@code prepare.py}. */
  static Map<String, Object> layer(List<Holiday> holidays, Language language) {
    List<Object> spans = new ArrayList<>();
    for (Holiday holiday : holidays) {
      spans.add(
          Map.of(
              "start", holiday.first().toString(),
              "end", holiday.last().plusDays(1).toString(),
              "name", language.of(holiday.name())));
    }
    return Map.of("id", layerNumber(language), "name", language.of(ALL), "spans", spans);
  }

  /** What a chart says that shows them: bands behind its lines, named when pointed at. */
  static Map<String, Object> mark(Language language) {
    Map<String, Object> mark = new TreeMap<>();
    mark.put("name", language.of(ALL));
    mark.put("annotationType", "INTERVAL");
    mark.put("sourceType", "NATIVE");
    mark.put("value", layerNumber(language));
    mark.put("show", true);
    mark.put("showLabel", false);
    mark.put("showMarkers", false);
    mark.put("color", "#FF7F44");
    mark.put("opacity", "opacityLow");
    mark.put("style", "solid");
    mark.put("width", 1);
    mark.put("descriptionColumns", List.of());
    mark.put("titleColumn", "");
    mark.put("timeColumn", "");
    mark.put("intervalEndColumn", "");
    mark.put("overrides", Map.of());
    return mark;
  }
}
