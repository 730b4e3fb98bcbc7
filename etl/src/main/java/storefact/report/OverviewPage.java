package storefact.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an {@link Overview} as one HTML file that needs nothing else: style, scripts, charts and
 * data stand in it, and its content policy forbids every request and every script but its own.
 */
public final class OverviewPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");

  /**
   * Writes the page; it appears whole or not at all.
   *
   * @param chartLibraryJs the path that {@link ChartLibrary#install} returns
   * @throws UncheckedIOException if a file cannot be read or written
   */
  public void write(Overview overview, Path chartLibraryJs, Path target) {
    Path complete = target.toAbsolutePath();
    try {
      Files.createDirectories(complete.getParent());
      // Beside its target, for only there a rename is atomic.
      Path work = Files.createTempFile(complete.getParent(), ".overview-", ".html");
      try {
        Files.writeString(work, html(overview, Files.readString(chartLibraryJs)));
        Files.move(work, complete, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the overview page "
              + target
              + ": make its folder writable, or choose another one",
          e);
    }
  }

  static String html(Overview overview, String chartLibrary) throws IOException {
    String charts = script("the chart library", chartLibrary);
    String page = script("the page's script", resource("overview.js"));
    return fill(
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

  /** One pass, so that what is filled in is never searched for placeholders itself. */
  private static String fill(String template, Map<String, String> values) {
    StringBuilder html = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(template);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null) {
        throw new IllegalStateException(
            "template.html names " + matcher.group() + ", which is nothing");
      }
      matcher.appendReplacement(html, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(html).toString();
  }

  /** The browser runs what these hashes name, so markup that slipped through a name stays dead. */
  private static String policy(String charts, String page) {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        + " style-src 'unsafe-inline'; script-src 'sha256-"
        + hash(charts)
        + "' 'sha256-"
        + hash(page)
        + "'";
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime knows SHA-256", e);
    }
  }

  /**
   * A script is code: what would end its element cannot be escaped without knowing where it stands.
   */
  private static String script(String what, String code) {
    // A browser hashes the text after its line ends are made \n.
    String text = code.replace("\r\n", "\n").replace('\r', '\n');
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("</script") || lower.contains("<!--")) {
      throw new IllegalArgumentException(
          what + " holds </script or <!--: it cannot stand in a page");
    }
    return text;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OverviewPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("resource " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
