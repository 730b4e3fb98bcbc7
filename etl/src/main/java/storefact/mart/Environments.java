package storefact.mart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import storefact.mart.PartitionLedger.Entry;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseLock;

/** The environments beside production: which there are, and what becomes of them. */
public final class Environments {
  private static final String PREFIX = "mart_";

  private final Warehouse warehouse;

  /** Those of that warehouse. */
  public Environments(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** Names of those that exist. */
  public List<String> names() {
    return warehouse
        .http()
        .query(
            "SELECT substring(name, %d) FROM system.databases WHERE startsWith(name, '%s') ORDER BY 1"
                .formatted(PREFIX.length() + 1, PREFIX))
        .lines()
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * The environment of that name, one as of a day included.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Environment existing(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "no environment \"%s\"; there are %s".formatted(name, names()));
    }
    return Environment.known(name);
  }

  /**
   * Gives readers the marts of an environment, without building: the tables of all of them change
   * places by one statement, and their views follow. Each mart changes in one step; those of
   * several do so one right after the other, so that a query which begins within these milliseconds
   * may still read one of them as it was. What readers had before stands in the environment
   * afterwards: promoting it again takes the change back. Facts that came since the environment was
   * built are seen by the next build, as after any build.
   *
   * @return names of the marts that changed
   * @throws IllegalArgumentException if nothing is built there
   * @throws InterruptedException if interrupted while a build holds the lock
   */
  public List<String> promote(Environment environment, BuildProgress progress)
      throws InterruptedException {
    try (WarehouseLock lock = WarehouseLock.acquire(warehouse.http(), "build", progress::waiting)) {
      List<Mart> marts = EnvironmentDiff.built(warehouse, environment);
      exchange(marts, environment);
      return marts.stream().map(Mart::name).toList();
    }
  }

  private void exchange(List<Mart> marts, Environment environment) {
    PartitionLedger ledger = new PartitionLedger(warehouse);
    Map<String, SortedMap<String, Entry>> ledgers = new HashMap<>();
    List<String> pairs = new ArrayList<>();
    for (Mart mart : marts) {
      MartTable here = new MartTable(mart, Environment.PRODUCTION);
      query(here.create());
      pairs.add(new MartTable(mart, environment).table() + " AND " + here.table());
      ledgers.put(mart.name(), ledger.entries(environment.ledgerName(mart)));
      ledgers.put(environment.ledgerName(mart), ledger.entries(mart.name()));
    }
    // A crash from here on means one build too many, not rows that the ledger does not know.
    ledgers.keySet().forEach(ledger::forgetAll);
    query("EXCHANGE TABLES " + String.join(", ", pairs));
    marts.forEach(mart -> query(new MartTable(mart, Environment.PRODUCTION).createView()));
    ledgers.forEach(ledger::remember);
  }

  /**
   * Removes an environment with all that was built in it.
   *
   * @throws InterruptedException if interrupted while a build holds the lock
   */
  public void drop(Environment environment, BuildProgress progress) throws InterruptedException {
    try (WarehouseLock lock = WarehouseLock.acquire(warehouse.http(), "build", progress::waiting)) {
      new Rooms(warehouse).remove(environment);
    }
  }

  private void query(String statement) {
    warehouse.http().query(statement, Statements.SETTINGS);
  }
}
