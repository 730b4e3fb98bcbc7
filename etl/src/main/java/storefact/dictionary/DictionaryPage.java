package storefact.dictionary;

import static storefact.report.OfflinePage.policy;
import static storefact.report.OfflinePage.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import storefact.report.OfflinePage;
import storefact.report.RecordJson;

/** Writes a {@link Dictionary} as a site of one {@link OfflinePage}. */
public final class DictionaryPage {

  /**
   * Writes the page; it appears whole or not at all.
   *
   * @param graphLibraryJs the path that {@link GraphLibrary#install} returns
   * @throws UncheckedIOException if a file cannot be read or written
   */
  public void write(Dictionary dictionary, Path graphLibraryJs, Path target) {
    String graph;
    try {
      graph = Files.readString(graphLibraryJs);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the graph library " + graphLibraryJs, e);
    }
    OfflinePage.write(html(dictionary, graph), target);
  }

  static String html(Dictionary dictionary, String graphLibrary) {
    String graph = script("the graph library", graphLibrary);
    String page = script("the page's script", resource("dictionary.js"));
    return OfflinePage.fill(
        resource("template.html"),
        Map.of(
            "policy", policy(graph, page),
            "style", resource("dictionary.css"),
            "graph", graph,
            "page", page,
            "labels", RecordJson.forScript(resource("labels.json")),
            "data", RecordJson.forScript(dictionary)));
  }

  private static String resource(String name) {
    return OfflinePage.resource(DictionaryPage.class, name);
  }
}
