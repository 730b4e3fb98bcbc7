package storefact.mart;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;
import static storefact.mart.ClickHouse.monthOf;
import static storefact.warehouse.jooq.dw.Tables.RECEIPT;
import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;
import static storefact.warehouse.jooq.ops.Tables.CHECK_RESULT;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Record2;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseException;

/** Runs the tests of data: those of the marts and the identities of the readers' views. */
public final class CheckRun {
  /** The rule that compares sales lines of the star with those of the lake. */
  public static final String WAREHOUSE_IS_LAKE = "warehouse = lake";

  private final Warehouse warehouse;

  /** Checks that warehouse. */
  public CheckRun(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Checks the views and all marts, and writes {@code ops.check_result}.
   *
   * @throws WarehouseException if a mart has not been built
   */
  public List<CheckResult> run() {
    return run(Marts.ALL, List.of());
  }

  /** As {@link #run()}, for the views and some marts. */
  public List<CheckResult> run(List<Mart> marts) {
    return run(marts, List.of());
  }

  /**
   * As {@link #run()}, for the views and some marts.
   *
   * @param others results of rules that SQL cannot ask for, kept with the rest
   */
  public List<CheckResult> run(List<Mart> marts, List<CheckResult> others) {
    LocalDateTime checkedAt = LocalDateTime.now(ZoneOffset.UTC);
    List<CheckResult> results = new ArrayList<>(others);
    checks(marts).stream().map(this::run).forEach(results::add);
    write(results, checkedAt);
    return results;
  }

  /** Names of all rules, those that SQL cannot ask for included. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(Set.of(WAREHOUSE_IS_LAKE));
    checks(Marts.ALL).forEach(check -> names.add(check.name()));
    return names;
  }

  /** Those of the views and of the marts, and what is unlike before. */
  private static List<Check> checks(List<Mart> marts) {
    List<Check> checks = new ArrayList<>(ofViews());
    checks.addAll(Anomalies.checks(marts));
    marts.forEach(mart -> checks.addAll(mart.allChecks()));
    return checks;
  }

  private CheckResult run(Check check) {
    long start = System.nanoTime();
    Record2<Long, String> verdict = warehouse.sql().fetchSingle(check.verdict());
    return new CheckResult(
        check.subject(),
        check.name(),
        check.severity(),
        verdict.value1(),
        verdict.value2().strip(),
        MartBuilder.seconds(start));
  }

  /** What must hold between the views, whatever was loaded. */
  static List<Check> ofViews() {
    var receipts =
        Warehouse.renderer()
            .select(
                monthOf(RECEIPT.BUSINESS_DATE),
                sum(RECEIPT.LINES),
                sum(RECEIPT.NET_AMOUNT),
                sum(RECEIPT.LIST_AMOUNT),
                sum(RECEIPT.QUANTITY))
            .from(RECEIPT)
            .groupBy(monthOf(RECEIPT.BUSINESS_DATE));
    var lines =
        Warehouse.renderer()
            .select(
                monthOf(SALES_LINE.BUSINESS_DATE),
                count(),
                sum(SALES_LINE.NET_AMOUNT),
                sum(SALES_LINE.LIST_AMOUNT),
                sum(SALES_LINE.QUANTITY))
            .from(SALES_LINE)
            .groupBy(monthOf(SALES_LINE.BUSINESS_DATE));
    return List.of(Check.same(RECEIPT.getName(), "lines sum to receipts", receipts, lines));
  }

  private void write(List<CheckResult> results, LocalDateTime checkedAt) {
    var insert =
        Warehouse.renderer()
            .insertInto(
                CHECK_RESULT,
                CHECK_RESULT.CHECKED_AT,
                CHECK_RESULT.MART,
                CHECK_RESULT.CHECK,
                CHECK_RESULT.SEVERITY,
                CHECK_RESULT.FAILURES,
                CHECK_RESULT.SAMPLE,
                CHECK_RESULT.SECONDS);
    for (CheckResult result : results) {
      insert =
          insert.values(
              List.of(
                  Statements.moment(checkedAt),
                  result.subject(),
                  result.check(),
                  result.severity().name().toLowerCase(Locale.ROOT),
                  result.failures(),
                  result.sample().replace("\\", "\\\\"),
                  result.seconds()));
    }
    warehouse.http().query(Warehouse.renderer().render(insert), Statements.SETTINGS);
  }
}
