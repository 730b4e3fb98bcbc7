package storefact.warehouse.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import storefact.warehouse.ClickHouseHttp;
import storefact.warehouse.WarehouseException;
import storefact.warehouse.WarehouseLock;
import storefact.warehouse.calendar.CalendarLoader;

/**
 * Brings a warehouse to the newest schema: forward only, each file once, in order, under one lock.
 * A file that was edited after it ran is refused by name: write a new one instead.
 */
public final class Migrations {

  /** Makes star.calendar as {@link CalendarLoader} fills it. */
  private static final String CALENDAR = "V005__calendar.sql";

  private final ClickHouseHttp http;
  private final Topology topology;
  private final List<Migration> files;

  /** The product's migrations for a warehouse of that topology. */
  public Migrations(ClickHouseHttp http, Topology topology) {
    this(http, topology, Migration.all());
  }

  Migrations(ClickHouseHttp http, Topology topology, List<Migration> files) {
    this.http = http;
    this.topology = topology;
    this.files = files;
  }

  /**
   * Runs what has not run yet, then loads the calendar where that of another version stands.
   *
   * @return names of the files that ran
   * @throws MigrationException if a file that ran was edited or is missing, or a statement fails
   * @throws InterruptedException if interrupted while another migration holds the lock
   */
  public List<String> run(Consumer<String> progress) throws InterruptedException {
    try (WarehouseLock lock = WarehouseLock.acquire(http, "migration", progress)) {
      createHistory();
      Map<String, String> history = history();
      check(history);
      List<String> ran = new ArrayList<>();
      for (Migration file : files) {
        if (!history.containsKey(file.name())) {
          run(file);
          ran.add(file.name());
          progress.accept("migrated " + file.name());
        }
      }
      if (files.stream().anyMatch(file -> file.name().equals(CALENDAR))) {
        new CalendarLoader(http).load(progress);
      }
      return ran;
    }
  }

  /** Names of the files that have not run, without running them. */
  public List<String> pending() {
    Map<String, String> history =
        http.query("EXISTS TABLE ops.schema_history").equals("1") ? history() : Map.of();
    return files.stream().map(Migration::name).filter(name -> !history.containsKey(name)).toList();
  }

  private void createHistory() {
    for (String statement :
        topology.render(
            """
            -- on every node
            CREATE TABLE IF NOT EXISTS ops.schema_history {{on cluster}}
            (
                name String COMMENT 'Migration file',
                checksum String COMMENT 'SHA-256 of the file when it ran',
                ran_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'When it ran, UTC'
            )
            ENGINE = {{engine MergeTree}}
            ORDER BY name
            COMMENT 'One row per migration that has run'
            """)) {
      http.query(statement);
    }
  }

  private Map<String, String> history() {
    Map<String, String> history = new LinkedHashMap<>();
    String rows = http.query("SELECT name, checksum FROM ops.schema_history ORDER BY name");
    rows.lines().map(line -> line.split("\t", 2)).forEach(parts -> history.put(parts[0], parts[1]));
    return history;
  }

  private void check(Map<String, String> history) {
    Map<String, Migration> known = new LinkedHashMap<>();
    files.forEach(file -> known.put(file.name(), file));
    history.forEach(
        (name, checksum) -> {
          Migration file = known.get(name);
          if (file == null) {
            throw new MigrationException(
                "migration "
                    + name
                    + " has run here but is not in this version of Storefact; use the newer version",
                null);
          }
          if (!file.checksum().equals(checksum)) {
            throw new MigrationException(
                "migration "
                    + name
                    + " was edited after it ran; take the edit back and write a new file",
                null);
          }
        });
  }

  private void run(Migration file) {
    for (String statement : file.statements()) {
      for (String rendered : topology.render(statement)) {
        try {
          http.query(rendered);
        } catch (WarehouseException e) {
          throw new MigrationException(
              "migration " + file.name() + " failed: " + e.getMessage() + "\n" + rendered, e);
        }
      }
    }
    http.query(
        "INSERT INTO ops.schema_history (name, checksum) VALUES ('%s', '%s')"
            .formatted(file.name(), file.checksum()));
  }
}
