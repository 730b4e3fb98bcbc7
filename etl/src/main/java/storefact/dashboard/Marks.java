package storefact.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import storefact.reader.Role;
import storefact.report.Overview.Words;
import storefact.warehouse.Warehouse;

/**
 * What charts of days mark on their axis, so that what stands out explains itself.
 *
 * @param holidays public ones
 * @param promotions one for those that begin on the same day
 */
public record Marks(List<Span> holidays, List<Span> promotions) {
  /** Nothing is marked. */
  public static final Marks NONE = new Marks(List.of(), List.of());

  /** Where a chart says what it marks. */
  static final String KEY = "annotation_layers";

  public Marks {
    holidays = List.copyOf(holidays);
    promotions = List.copyOf(promotions);
  }

  /**
   * Days that are marked as one.
   *
   * @param first day
   * @param last day
   */
  public record Span(LocalDate first, LocalDate last, Words name) {}

  /** What is marked alike. Their numbers in Superset are beyond those made in the browser. */
  enum Layer {
    HOLIDAYS(1_000_001, "Public holidays", "法定节假日", "INTERVAL", "#FF7F44", "opacityLow", "solid") {
      @Override
      boolean isOn(Dashboard dashboard, Chart chart) {
        return chart.showsDays();
      }

      @Override
      List<Span> spans(Marks marks) {
        return marks.holidays();
      }
    },

    /**
     * They explain discounts. A chain has one after the other, so on charts of sales they would be
     * a fence. For those who may read how promotions did: the mart of it is of the whole chain.
     */
    PROMOTIONS(
        1_000_003, "Promotions begin", "促销开始", "EVENT", "#666666", "opacityMedium", "dotted") {
      @Override
      boolean isOn(Dashboard dashboard, Chart chart) {
        return chart.showsDays()
            && chart.figures().stream().anyMatch(DISCOUNTS::contains)
            && dashboard.readers().stream().allMatch(Role::seesChain);
      }

      @Override
      List<Span> spans(Marks marks) {
        return marks.promotions();
      }
    };

    private static final List<String> DISCOUNTS = List.of("discounts", "discount_rate");

    private final int number;
    private final String english;
    private final String chinese;
    private final String type;
    private final String color;
    private final String opacity;
    private final String style;

    Layer(
        int number,
        String english,
        String chinese,
        String type,
        String color,
        String opacity,
        String style) {
      this.number = number;
      this.english = english;
      this.chinese = chinese;
      this.type = type;
      this.color = color;
      this.opacity = opacity;
      this.style = style;
    }

    abstract boolean isOn(Dashboard dashboard, Chart chart);

    abstract List<Span> spans(Marks marks);

    private String title(Language language) {
      return language.of(new Words(english, chinese));
    }

    private int number(Language language) {
      return language == Language.EN ? number : number + 1;
    }

    /** What a chart says that shows it: named when pointed at. */
    private Map<String, Object> mark(Language language) {
      Map<String, Object> mark = new TreeMap<>();
      mark.put("name", title(language));
      mark.put("annotationType", type);
      mark.put("sourceType", "NATIVE");
      mark.put("value", number(language));
      mark.put("show", true);
      mark.put("showLabel", false);
      mark.put("showMarkers", false);
      mark.put("color", color);
      mark.put("opacity", opacity);
      mark.put("style", style);
      mark.put("width", 1);
      mark.put("descriptionColumns", List.of());
      mark.put("titleColumn", "");
      mark.put("timeColumn", "");
      mark.put("intervalEndColumn", "");
      mark.put("overrides", Map.of());
      return mark;
    }

    /** Its days, in the words of {@code prepare.py}. */
    private Map<String, Object> days(Marks marks, Language language) {
      List<Object> spans = new ArrayList<>();
      for (Span span : spans(marks)) {
        spans.add(
            Map.of(
                "start", span.first().toString(),
                "end", span.last().plusDays(1).toString(),
                "name", language.of(span.name())));
      }
      return Map.of("id", number(language), "name", title(language), "spans", spans);
    }
  }

  /** Those of the years that have sales; holidays also of the year after. */
  public static Marks of(Warehouse warehouse) {
    return new Marks(holidays(warehouse), promotions(warehouse));
  }

  /** Those of mainland China; none for a chain without a store there. */
  private static List<Span> holidays(Warehouse warehouse) {
    return spans(
        warehouse,
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
        """);
  }

  /** A promotion that begins alone is called by its name, several by their kinds. */
  private static List<Span> promotions(Warehouse warehouse) {
    return spans(
        warehouse,
        """
        WITH
            (SELECT (min(business_date), max(business_date)) FROM dw.receipt_statistics) AS sold,
            arraySort(groupUniqArray(toString(kind))) AS kinds,
            arrayMap(k -> transform(k, ['price', 'display', 'mailer', 'gift'], ['特价', '陈列', '海报', '赠品'], k), kinds) AS kinds_zh
        SELECT starts_on, max(ends_on),
            if(count() = 1, any(name), concat(toString(count()), ' promotions: ', arrayStringConcat(kinds, ', '))),
            if(count() = 1, any(if(name_zh = '', name, name_zh)), concat(toString(count()), ' 项促销：', arrayStringConcat(kinds_zh, '、')))
        FROM dw.promotion
        WHERE ends_on >= sold.1 AND starts_on <= sold.2
        GROUP BY starts_on
        ORDER BY ALL
        """);
  }

  /** Rows of first day, last day, name and name in Chinese. */
  private static List<Span> spans(Warehouse warehouse, String query) {
    List<Span> spans = new ArrayList<>();
    for (String row : warehouse.http().query(query + "FORMAT TSVRaw").lines().toList()) {
      String[] cells = row.split("\t", -1);
      spans.add(
          new Span(
              LocalDate.parse(cells[0]), LocalDate.parse(cells[1]), new Words(cells[2], cells[3])));
    }
    return spans;
  }

  /** Every layer that has days, in both languages. */
  List<Map<String, Object>> layers() {
    return Stream.of(Layer.values())
        .filter(layer -> !layer.spans(this).isEmpty())
        .flatMap(layer -> Stream.of(Language.values()).map(language -> layer.days(this, language)))
        .toList();
  }

  /** What a chart says of those that it shows. */
  List<Map<String, Object>> on(Dashboard dashboard, Chart chart, Language language) {
    return Stream.of(Layer.values())
        .filter(layer -> !layer.spans(this).isEmpty() && layer.isOn(dashboard, chart))
        .map(layer -> layer.mark(language))
        .toList();
  }

  /** Those of the marks that are ours, as we make them. */
  static List<Map<String, Object>> ours(Object marks, Language language) {
    List<?> told = marks instanceof List<?> list ? list : List.of();
    List<Object> values =
        told.stream().<Object>map(mark -> ServedAssets.map(mark).get("value")).toList();
    return Stream.of(Layer.values())
        .filter(layer -> values.contains(layer.number(language)))
        .map(layer -> layer.mark(language))
        .toList();
  }
}
