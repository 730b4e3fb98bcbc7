package storefact.reader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import storefact.warehouse.Home;

/**
 * The readers of a home, listed in its {@code readers.yaml}: the one definition from which
 * accounts, grants, regions and dashboard logins follow.
 */
public final class Readers {
  private static final Set<String> KEYS = Set.of("name", "role", "regions");

  private Readers() {}

  /** The list of a home. */
  public static Path file(Home home) {
    return home.root().resolve("readers.yaml");
  }

  /**
   * The readers of a home, none where there is no list.
   *
   * @throws IllegalArgumentException if the list says something that cannot be; the message names
   *     it
   * @throws UncheckedIOException if the file cannot be read
   */
  public static List<Reader> of(Home home) {
    Path file = file(home);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      Object tree =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromInputStream(in);
      return parse(tree);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": check its permissions", e);
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Reader> parse(Object tree) {
    if (!(tree instanceof List<?> entries)) {
      throw new IllegalArgumentException("give a list of readers: - {name: …, role: …}");
    }
    List<Reader> readers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> map) || !KEYS.containsAll(map.keySet())) {
        throw new IllegalArgumentException(
            "\"%s\": a reader has name, role and regions, nothing else".formatted(entry));
      }
      Reader reader = reader(map);
      if (!names.add(reader.name())) {
        throw new IllegalArgumentException("reader \"" + reader.name() + "\" stands there twice");
      }
      readers.add(reader);
    }
    return List.copyOf(readers);
  }

  private static Reader reader(Map<?, ?> map) {
    Object regions = map.get("regions");
    if (regions != null && !(regions instanceof List<?>)) {
      throw new IllegalArgumentException("regions of %s: give a list".formatted(map.get("name")));
    }
    List<String> names =
        regions instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    return new Reader(String.valueOf(map.get("name")), role(map), names);
  }

  private static Role role(Map<?, ?> map) {
    return Stream.of(Role.values())
        .filter(role -> role.word().equals(map.get("role")))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "role \"%s\" of %s: choose one of %s"
                        .formatted(
                            map.get("role"),
                            map.get("name"),
                            Stream.of(Role.values()).map(Role::word).toList())));
  }

  /**
   * A first list: an executive, an analyst, an engineer, a manager for each region, and one who has
   * none yet.
   *
   * @param regions of the chain
   */
  public static List<Reader> first(List<String> regions) {
    List<Reader> readers = new ArrayList<>();
    readers.add(new Reader("executive", Role.EXECUTIVE, List.of()));
    readers.add(new Reader("analyst", Role.ANALYST, List.of()));
    readers.add(new Reader("engineer", Role.ENGINEER, List.of()));
    Set<String> names = new HashSet<>();
    for (String region : regions) {
      String name = "manager_" + slug(region);
      readers.add(
          new Reader(
              names.add(name) ? name : name + "_" + names.size(),
              Role.REGIONAL_MANAGER,
              List.of(region)));
    }
    readers.add(new Reader("manager_without_region", Role.REGIONAL_MANAGER, List.of()));
    return readers;
  }

  /**
   * Latin letters and digits of a region's name; a Chinese one has none and is told by its code.
   */
  private static String slug(String region) {
    String latin = region.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String plain = latin.replaceAll("^_+|_+$", "");
    String name = plain.isEmpty() ? Integer.toHexString(region.hashCode()) : plain;
    return name.substring(0, Math.min(24, name.length()));
  }

  /**
   * Writes a list for people to go on with, unless there is one.
   *
   * @return whether there was none
   * @throws UncheckedIOException if it cannot be written
   */
  public static boolean writeFirst(Home home, List<Reader> readers) {
    Path file = file(home);
    if (Files.exists(file)) {
      return false;
    }
    String text =
        """
        # Who reads this warehouse. role: executive, engineer, analyst or regional_manager; a regional manager sees the
        # stores of their regions (named as in dw.store) and nothing without one. After an edit: ./storefact dashboards up
        """
            + readers.stream().map(Readers::line).collect(Collectors.joining());
    try {
      Files.writeString(file, text);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": check its folder", e);
    }
  }

  private static String line(Reader reader) {
    String regions =
        reader.regions().isEmpty()
            ? ""
            : reader.regions().stream()
                .map(region -> "\"" + region.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", ", ", regions: [", "]"));
    return "- {name: %s, role: %s%s}\n".formatted(reader.name(), reader.role().word(), regions);
  }
}
