package storefact.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Charts and dashboards as Superset has them, or as a bundle brought them, by UUID.
 *
 * @param charts as in {@link Bundle}: {@code slice_name}, {@code description}, {@code viz_type},
 *     {@code params}, {@code dataset_uuid}
 * @param dashboards {@code dashboard_title}, {@code description}, {@code css}, {@code position},
 *     {@code metadata}
 */
public record ServedAssets(Map<String, Map<?, ?>> charts, Map<String, Map<?, ?>> dashboards) {
  private static final LoadSettings JSON =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

  /**
   * Reads a file of {@code {"charts": […], "dashboards": […]}}, as {@code
   * dashboards/server/export.py} writes it.
   *
   * @throws IllegalArgumentException if it is no such JSON
   * @throws UncheckedIOException if it cannot be read
   */
  public static ServedAssets read(Path file) {
    return of(text(file));
  }

  static ServedAssets of(String json) {
    Map<?, ?> tree = tree(json);
    return new ServedAssets(byUuid(list(tree, "charts")), byUuid(list(tree, "dashboards")));
  }

  /**
   * Reads what {@link Bundle#write} wrote.
   *
   * @throws IllegalArgumentException if it is no bundle
   * @throws UncheckedIOException if it cannot be read
   */
  public static ServedAssets in(Path bundle) {
    return new ServedAssets(
        byUuid(assets(bundle.resolve("charts"))), byUuid(assets(bundle.resolve("dashboards"))));
  }

  private static List<Map<?, ?>> assets(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().<Map<?, ?>>map(file -> tree(text(file))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": check its permissions", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": check its permissions", e);
    }
  }

  private static Map<?, ?> tree(String json) {
    try {
      return map(new Load(JSON).loadFromString(json));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("assets are no JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, Map<?, ?>> byUuid(List<?> assets) {
    Map<String, Map<?, ?>> all = new LinkedHashMap<>();
    assets.forEach(asset -> all.put(text(map(asset), "uuid"), map(asset)));
    return all;
  }

  Optional<Map<?, ?>> chart(String uuid) {
    return Optional.ofNullable(charts.get(uuid));
  }

  Optional<Map<?, ?>> dashboard(String uuid) {
    return Optional.ofNullable(dashboards.get(uuid));
  }

  /** The tree as a map, empty where it is none. */
  static Map<?, ?> map(Object tree) {
    return tree instanceof Map<?, ?> map ? map : Map.of();
  }

  static Map<?, ?> map(Map<?, ?> tree, String key) {
    return map(tree.get(key));
  }

  /** The list below a key, empty where there is none. */
  static List<?> list(Map<?, ?> tree, String key) {
    return tree.get(key) instanceof List<?> list ? list : List.of();
  }

  /** The text below a key, empty where there is none. */
  static String text(Map<?, ?> tree, String key) {
    return tree.get(key) == null ? "" : String.valueOf(tree.get(key));
  }
}
