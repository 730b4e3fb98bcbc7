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
 * @param managers codes by which members name a customer manager; without one they see nothing
 */
public record Reader(String name, Role role, List<String> regions, List<String> managers) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final Set<String> TAKEN =
      Set.of("admin", "default", "nobody", "storefact", "view_owner");

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the name, a region or a code is none, or is given to one
   *     whose role does not ask for it
   */
  public Reader {
    regions = List.copyOf(regions);
    managers = List.copyOf(managers);
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "reader \"%s\": use small letters, digits and _, at most 40, and none of %s"
              .formatted(name, TAKEN.stream().sorted().toList()));
    }
    refuseUnless(role == Role.REGIONAL_MANAGER, regions, name, role, "regions", "regional_manager");
    refuseUnless(
        role == Role.CUSTOMER_MANAGER, managers, name, role, "manager", "customer_manager");
    if (regions.stream().anyMatch(region -> region.isBlank() || region.equals("*"))) {
      throw new IllegalArgumentException(
          "reader \"%s\": a region is named as in dw.store, not empty and not *".formatted(name));
    }
    if (managers.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "reader \"%s\": a customer manager is named as members name them in dw.member, not empty"
              .formatted(name));
    }
  }

  /** A reader whose rows, where they are not the whole chain's, are those of regions. */
  public Reader(String name, Role role, List<String> regions) {
    this(name, role, regions, List.of());
  }

  private static void refuseUnless(
      boolean asked, List<String> given, String name, Role role, String key, String word) {
    if (!asked && !given.isEmpty()) {
      throw new IllegalArgumentException(
          "reader \"%s\" is %s and sees %s: take away %s, or make it %s"
              .formatted(
                  name,
                  role.word(),
                  role.seesChain() ? "the whole chain" : "no rows by " + key,
                  key,
                  word));
    }
  }
}
