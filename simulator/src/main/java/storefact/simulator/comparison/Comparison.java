package storefact.simulator.comparison;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import storefact.simulator.chain.Format;

/** Two chains beside each other, seen from outside: in words and in pictures. */
public final class Comparison {

  private static final Color[] COLOURS = {
    new Color(0x9BB8DA), new Color(0x2F6DB5), new Color(0xE08A1E)
  };
  private static final String[] NAMES = {"simulated", "its hypermarkets", "Complete Journey"};
  private static final String[] WEEKDAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final Pattern LONG_NUMBER = Pattern.compile("([0-9]\\.[0-9])[0-9]+");
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int SHOWN_LINES = 40;
  private static final int SHOWN_DAYS = 60;
  private static final int SHOWN_DEPARTMENTS = 12;

  private final List<Marginals> chains;

  private Comparison(List<Marginals> chains) {
    this.chains = chains;
  }

  /**
   * Reads two drop folders; of the simulated chain the hypermarkets are looked at by themselves
   * too, for the Complete Journey is a grocer.
   *
   * @param progress is told which file is being read
   * @throws IOException if a file cannot be read
   */
  public static Comparison of(Path simulated, Path other, Consumer<String> progress)
      throws IOException {
    return new Comparison(
        List.of(
            Marginals.of(simulated, "", progress),
            Marginals.of(simulated, Format.HYPERMARKET.words(), progress),
            Marginals.of(other, "", progress)));
  }

  /** The figures as a table in Markdown, one line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| | " + String.join(" | ", NAMES) + " |");
    lines.add("|---" + "|--:".repeat(NAMES.length) + "|");
    row(lines, "lines per receipt, mean", Marginals::linesPerReceipt);
    for (double share : new double[] {0.25, 0.5, 0.75, 0.95}) {
      row(
          lines,
          String.format(Locale.ROOT, "lines per receipt, %.0f %% quantile", 100 * share),
          chain -> Marginals.quantile(chain.baskets, share));
    }
    row(lines, "net amount per receipt (yuan, dollars)", Marginals::netPerReceipt);
    row(lines, "receipts per member", Marginals::receiptsPerMember);
    for (double share : new double[] {0.25, 0.5, 0.75, 0.95}) {
      row(
          lines,
          String.format(
              Locale.ROOT, "days between a member's purchases, %.0f %% quantile", 100 * share),
          chain -> Marginals.quantile(chain.gaps, share));
    }
    row(
        lines,
        "price per unit, 75 % quantile / 25 % quantile",
        chain ->
            Marginals.price(Marginals.quantile(chain.prices, 0.75))
                / Marginals.price(Marginals.quantile(chain.prices, 0.25)));
    row(
        lines,
        "price per unit, 90 % quantile / 10 % quantile",
        chain ->
            Marginals.price(Marginals.quantile(chain.prices, 0.9))
                / Marginals.price(Marginals.quantile(chain.prices, 0.1)));
    row(lines, "share of lines of the most sold tenth of the goods", Marginals::topTenth);
    row(lines, "share of net sales of the biggest department", chain -> sharesBySize(chain)[0]);
    return lines;
  }

  private void row(List<String> lines, String what, ToDoubleFunction<Marginals> figure) {
    StringBuilder line = new StringBuilder("| " + what + " |");
    for (Marginals chain : chains) {
      line.append(String.format(Locale.ROOT, " %.2f |", figure.applyAsDouble(chain)));
    }
    lines.add(line.toString());
  }

  /**
   * Draws the pictures as SVG.
   *
   * @throws IOException if a file cannot be written
   */
  public void draw(Path folder) throws IOException {
    Files.createDirectories(folder);
    lines(
        folder,
        "basket-size",
        "lines per receipt",
        counted(SHOWN_LINES),
        chain -> Arrays.copyOfRange(share(chain.baskets), 1, SHOWN_LINES + 1),
        false);
    lines(
        folder,
        "purchase-gap",
        "days between a member's purchases",
        counted(SHOWN_DAYS),
        chain -> Arrays.copyOfRange(share(chain.gaps), 1, SHOWN_DAYS + 1),
        false);
    double[] prices = new double[Marginals.PRICE_BINS];
    Arrays.setAll(prices, Marginals::price);
    lines(folder, "price", "price per unit (yuan, dollars)", prices, c -> share(c.prices), true);
    bars(folder, "weekday", "weekday", List.of(WEEKDAYS), chain -> share(chain.weekdays));
    List<String> ranks =
        IntStream.rangeClosed(1, SHOWN_DEPARTMENTS).mapToObj(Integer::toString).toList();
    bars(
        folder,
        "department-share",
        "departments by net sales",
        ranks,
        chain -> Arrays.copyOf(sharesBySize(chain), SHOWN_DEPARTMENTS));
  }

  private static double[] counted(int shown) {
    return IntStream.rangeClosed(1, shown).asDoubleStream().toArray();
  }

  private void lines(
      Path folder,
      String name,
      String title,
      double[] x,
      Function<Marginals, double[]> shares,
      boolean logarithmic)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(title)
            .yAxisTitle("share")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(logarithmic);
    for (int i = 0; i < NAMES.length; i++) {
      var line = chart.addSeries(NAMES[i], x, shares.apply(chains.get(i)));
      line.setMarker(SeriesMarkers.NONE);
      line.setLineColor(COLOURS[i]);
    }
    save(chart, folder, name);
  }

  private void bars(
      Path folder,
      String name,
      String title,
      List<String> labels,
      Function<Marginals, double[]> shares)
      throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(title)
            .yAxisTitle("share")
            .build();
    style(chart.getStyler());
    for (int i = 0; i < NAMES.length; i++) {
      chart
          .addSeries(NAMES[i], labels, Arrays.stream(shares.apply(chains.get(i))).boxed().toList())
          .setFillColor(COLOURS[i]);
    }
    save(chart, folder, name);
  }

  private static void style(Styler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
  }

  private static void save(
      org.knowm.xchart.internal.chartpart.Chart<?, ?> chart, Path folder, String name)
      throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(
        chart, folder.resolve(name).toString(), VectorGraphicsFormat.SVG);
    Path file = folder.resolve(name + ".svg");
    // Letters come as outlines to a millionth of a pixel: five times the size for nothing.
    String small = LONG_NUMBER.matcher(Files.readString(file)).replaceAll("$1");
    Files.writeString(file, small);
  }

  private static double[] share(long[] counts) {
    double all = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToDouble(count -> count / all).toArray();
  }

  private static double[] sharesBySize(Marginals marginals) {
    double all = marginals.departments.values().stream().mapToDouble(Double::doubleValue).sum();
    return marginals.departments.entrySet().stream()
        .map(Map.Entry::getValue)
        .sorted(Comparator.reverseOrder())
        .mapToDouble(value -> value / all)
        .toArray();
  }
}
