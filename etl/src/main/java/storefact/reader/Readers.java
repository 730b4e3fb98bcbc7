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
 * accounts, grants, regions, members and dashboard logins follow.
 */
public final class Readers {
  private static final Set<String> KEYS = Set.of("name", "role", "regions", "manager");

  /** With the longest prefix and a number it is still the name of an account. */
  private static final int SLUG = 20;

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
            "\"%s\": a reader has name, role, and regions or manager, nothing else"
                .formatted(entry));
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
    return new Reader(
        String.valueOf(map.get("name")), role(map), texts(regions), texts(map.get("manager")));
  }

  /** A list, one text, or nothing. */
  private static List<String> texts(Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case Object one -> List.of(String.valueOf(one));
    };
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
   * A first list: an executive, an analyst, an engineer, a manager for each region, one who has
   * none yet, and customer managers.
   *
   * @param regions of the chain
   * @param managers customer managers as members name them
   */
  public static List<Reader> first(List<String> regions, List<String> managers) {
    List<Reader> readers = new ArrayList<>();
    readers.add(new Reader("executive", Role.EXECUTIVE, List.of()));
    readers.add(new Reader("analyst", Role.ANALYST, List.of()));
    readers.add(new Reader("engineer", Role.ENGINEER, List.of()));
    Set<String> names = new HashSet<>();
    for (String region : regions) {
      readers.add(
          new Reader(
              name("manager_", region, names), Role.REGIONAL_MANAGER, List.of(region), List.of()));
    }
    readers.add(new Reader("manager_without_region", Role.REGIONAL_MANAGER, List.of()));
    for (String manager : managers) {
      readers.add(
          new Reader(
              name("customer_manager_", manager, names),
              Role.CUSTOMER_MANAGER,
              List.of(),
              List.of(manager)));
    }
    return readers;
  }

  private static String name(String prefix, String of, Set<String> names) {
    String name = prefix + slug(of);
    return names.add(name) ? name : name + "_" + names.size();
  }

  /** Latin letters and digits of a name; a Chinese one has none and is told by its code. */
  private static String slug(String text) {
    String latin = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String plain = latin.replaceAll("^_+|_+$", "");
    String name = plain.isEmpty() ? Integer.toHexString(text.hashCode()) : plain;
    return name.substring(0, Math.min(SLUG, name.length()));
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
        # Who reads this warehouse. role: executive, engineer, analyst, regional_manager or customer_manager. A regional
        # manager sees the stores of their regions (named as in dw.store), a customer manager the members who name them
        # (manager, a code or a list of codes, as in dw.member); without one they see nothing.
        # After an edit: ./storefact dashboards up
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
    return "- {name: %s, role: %s%s%s}\n"
        .formatted(
            reader.name(),
            reader.role().word(),
            list("regions", reader.regions()),
            list("manager", reader.managers()));
  }

  private static String list(String key, List<String> values) {
    return values.isEmpty()
        ? ""
        : values.stream()
            .map(value -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(", ", ", " + key + ": [", "]"));
  }
}
