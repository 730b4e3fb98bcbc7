package storefact.reader;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who reads the warehouse, with an account of the same name in ClickHouse.
 *
 * @param name of the account and the login: small letters, digits and {@code _}
 * @param role what they read
 * @param regions whose rows a regional manager sees; without one they see nothing
 */
public record Reader(String name, Role role, List<String> regions) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final Set<String> TAKEN =
      Set.of("admin", "default", "nobody", "storefact", "view_owner");

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the name or a region is none, or regions are given to one
   *     who reads the whole chain
   */
  public Reader {
    regions = List.copyOf(regions);
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "reader \"%s\": use small letters, digits and _, at most 40, and none of %s"
              .formatted(name, TAKEN.stream().sorted().toList()));
    }
    if (role.seesChain() && !regions.isEmpty()) {
      throw new IllegalArgumentException(
          "reader \"%s\" is %s and reads the whole chain: take away regions, or make it regional_manager"
              .formatted(name, role.word()));
    }
    if (regions.stream().anyMatch(region -> region.isBlank() || region.equals("*"))) {
      throw new IllegalArgumentException(
          "reader \"%s\": a region is named as in dw.store, not empty and not *".formatted(name));
    }
  }
}
