package storefact.mart;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import storefact.warehouse.Warehouse;

/**
 * Where a build reads and writes: production, a room beside it for marts whose definition changed,
 * or the warehouse as it was at the end of a day.
 *
 * @param name empty for production
 * @param marts database of its marts
 * @param views database of what they read
 * @param asOf last business day that is seen
 */
public record Environment(String name, String marts, String views, Optional<LocalDate> asOf) {
  /** What readers see. */
  public static final Environment PRODUCTION = new Environment("", "mart", "dw", Optional.empty());

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final String AS_OF = "as_of_";

  /**
   * A room beside production.
   *
   * @throws IllegalArgumentException if the name is none for a database
   */
  public static Environment named(String name) {
    if (!NAME.matcher(name).matches() || name.startsWith(AS_OF)) {
      throw new IllegalArgumentException(
          "\"%s\" names no environment; use small letters, digits and _, and nothing that begins with %s"
              .formatted(name, AS_OF));
    }
    return new Environment(name, "mart_" + name, "dw", Optional.empty());
  }

  /** The warehouse as it was at the end of a business day. */
  public static Environment asOf(LocalDate day) {
    String name = AS_OF + day.toString().replace("-", "");
    return new Environment(name, "mart_" + name, "dw_" + name, Optional.of(day));
  }

  /** The one behind a name that {@link #named} or {@link #asOf} has given. */
  static Environment known(String name) {
    return name.startsWith(AS_OF)
        ? asOf(LocalDate.parse(name.substring(AS_OF.length()), DateTimeFormatter.BASIC_ISO_DATE))
        : named(name);
  }

  /** Whether it is what readers see. */
  public boolean isProduction() {
    return name.isEmpty();
  }

  /** Renders statements so that marts and views mean those of this environment. */
  DSLContext renderer() {
    Settings settings =
        Warehouse.renderer()
            .settings()
            .withRenderMapping(
                new RenderMapping()
                    .withSchemata(
                        new MappedSchema().withInput("dw").withOutput(views),
                        new MappedSchema().withInput("mart").withOutput(marts)));
    return DSL.using(Warehouse.renderer().configuration().derive(settings));
  }

  /** The table of this environment that {@code database.name} means. */
  String locate(String source) {
    return source.replaceFirst("^mart\\.", marts + ".").replaceFirst("^dw\\.", views + ".");
  }

  /** Under what a mart stands in the ledger. */
  String ledgerName(Mart mart) {
    return ledgerName(mart.name());
  }

  String ledgerName(String table) {
    return isProduction() ? table : table + "@" + name;
  }

  /** The same for its half-made table. */
  String stagingName(Mart mart) {
    return ledgerName(mart.name() + Mart.STAGING);
  }
}
