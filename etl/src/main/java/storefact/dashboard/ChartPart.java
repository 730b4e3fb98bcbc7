package storefact.dashboard;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a chart says in the same words in both languages; each is a key of the chart's file. */
enum ChartPart {
  KIND,
  MART,
  X,
  GRAIN,
  BY,
  FIGURES,
  WHERE,
  ORDER,
  ASCENDING,
  LIMIT,
  STACKED;

  /** The key in the file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  Object of(Chart chart) {
    return switch (this) {
      case KIND -> chart.kind();
      case MART -> chart.source();
      case X -> chart.x();
      case GRAIN -> chart.grain();
      case BY -> chart.by();
      case FIGURES -> chart.figures();
      case WHERE -> chart.where();
      case ORDER -> chart.order();
      case ASCENDING -> chart.ascending();
      case LIMIT -> chart.limit();
      case STACKED -> chart.stacked();
    };
  }

  boolean differs(Chart one, Chart other) {
    return !of(one).equals(of(other));
  }

  /** Whether two charts say the same but for name, words and width. */
  static boolean same(Chart one, Chart other) {
    return Stream.of(values()).noneMatch(part -> part.differs(one, other));
  }

  /** A chart that is as the other one in these parts. */
  static Chart taken(Chart chart, Set<ChartPart> parts, Chart other) {
    return new Chart(
        chart.name(),
        (parts.contains(KIND) ? other : chart).kind(),
        chart.title(),
        chart.about(),
        (parts.contains(MART) ? other : chart).source(),
        chart.width(),
        (parts.contains(X) ? other : chart).x(),
        (parts.contains(GRAIN) ? other : chart).grain(),
        (parts.contains(BY) ? other : chart).by(),
        (parts.contains(FIGURES) ? other : chart).figures(),
        (parts.contains(WHERE) ? other : chart).where(),
        (parts.contains(ORDER) ? other : chart).order(),
        (parts.contains(ASCENDING) ? other : chart).ascending(),
        (parts.contains(LIMIT) ? other : chart).limit(),
        (parts.contains(STACKED) ? other : chart).stacked());
  }
}
