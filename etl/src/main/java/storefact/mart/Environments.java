package storefact.mart;

import java.util.ArrayList;
import java.util.List;
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
   * Gives readers the marts of an environment, without building: each mart's tables change places
   * in one step, and its view follows. What readers had before stands in the environment
   * afterwards: promoting it again takes the change back. Facts that came since the environment was
   * built are seen by the next build, as after any build.
   *
   * @return names of the marts that changed
   * @throws IllegalArgumentException if nothing is built there
   * @throws InterruptedException if interrupted while a build holds the lock
   */
  public List<String> promote(Environment environment, BuildProgress progress)
      throws InterruptedException {
    List<String> promoted = new ArrayList<>();
    try (WarehouseLock lock = WarehouseLock.acquire(warehouse.http(), "build", progress::waiting)) {
      for (Mart mart : EnvironmentDiff.built(warehouse, environment)) {
        exchange(mart, environment);
        promoted.add(mart.name());
      }
    }
    return promoted;
  }

  private void exchange(Mart mart, Environment environment) {
    PartitionLedger ledger = new PartitionLedger(warehouse);
    MartTable here = new MartTable(mart, Environment.PRODUCTION);
    MartTable there = new MartTable(mart, environment);
    SortedMap<String, Entry> was = ledger.entries(mart.name());
    SortedMap<String, Entry> is = ledger.entries(environment.ledgerName(mart));
    query(here.create());
    // A crash from here on means one build too many, not rows that the ledger does not know.
    ledger.forgetAll(mart.name());
    ledger.forgetAll(environment.ledgerName(mart));
    query("EXCHANGE TABLES " + there.table() + " AND " + here.table());
    query(here.createView());
    ledger.remember(mart.name(), is);
    ledger.remember(environment.ledgerName(mart), was);
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
