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
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One HTML file that needs nothing else: style, scripts and data stand in it, and its content
 * policy forbids every request and every script but its own.
 */
public final class OfflinePage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");

  private OfflinePage() {}

  /**
   * Writes a page; it appears whole or not at all.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(String html, Path target) {
    Path complete = target.toAbsolutePath();
    try {
      Files.createDirectories(complete.getParent());
      // Beside its target, for only there a rename is atomic.
      Path work = Files.createTempFile(complete.getParent(), ".page-", ".html");
      try {
        Files.writeString(work, html);
        Files.move(work, complete, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the page " + target + ": make its folder writable, or choose another one",
          e);
    }
  }

  /**
   * Fills a template in one pass, so that what is filled in is never searched for placeholders
   * itself.
   *
   * @throws IllegalStateException if the template names a placeholder without a value
   */
  public static String fill(String template, Map<String, String> values) {
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
  public static String policy(String... scripts) {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        + " style-src 'unsafe-inline'; script-src "
        + Arrays.stream(scripts)
            .map(script -> "'sha256-" + hash(script) + "'")
            .collect(Collectors.joining(" "));
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
   *
   * @throws IllegalArgumentException if it holds what would end its element
   */
  public static String script(String what, String code) {
    // A browser hashes the text after its line ends are made \n.
    String text = code.replace("\r\n", "\n").replace('\r', '\n');
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("</script") || lower.contains("<!--")) {
      throw new IllegalArgumentException(
          what + " holds </script or <!--: it cannot stand in a page");
    }
    return text;
  }

  /**
   * A resource beside a class, as text.
   *
   * @throws UncheckedIOException if the program lacks it
   */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("resource " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + name, e);
    }
  }
}
