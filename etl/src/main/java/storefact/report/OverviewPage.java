package storefact.report;

import static storefact.report.OfflinePage.policy;
import static storefact.report.OfflinePage.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes an {@link Overview} as an {@link OfflinePage}. */
public final class OverviewPage {

  /**
   * Writes the page; it appears whole or not at all.
   *
   * @param chartLibraryJs the path that {@link ChartLibrary#install} returns
   * @throws UncheckedIOException if a file cannot be read or written
   */
  public void write(Overview overview, Path chartLibraryJs, Path target) {
    String charts;
    try {
      charts = Files.readString(chartLibraryJs);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the chart library " + chartLibraryJs, e);
    }
    OfflinePage.write(html(overview, charts), target);
  }

  static String html(Overview overview, String chartLibrary) {
    String charts = script("the chart library", chartLibrary);
    String page = script("the page's script", resource("overview.js"));
    return OfflinePage.fill(
        resource("template.html"),
        Map.of(
            "policy", policy(charts, page),
            "style", resource("overview.css"),
            "charts", charts,
            "page", page,
            "title", escape(overview.chain().title().en()),
            "labels", RecordJson.forScript(resource("labels.json")),
            "data", RecordJson.forScript(overview)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    return OfflinePage.resource(OverviewPage.class, name);
  }
}
