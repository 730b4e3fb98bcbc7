package storefact.mart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.EmbeddedWarehouse;
import storefact.warehouse.migration.Migrations;
import storefact.warehouse.migration.Topology;

/** The real engine of this JVM with a migrated, empty warehouse, and words to fill it with. */
public final class TestWarehouse implements AutoCloseable {
  private static final WarehouseAddress ADDRESS = migrated();

  private final Warehouse warehouse = Warehouse.connect(ADDRESS);
  private List<Mart> marts = Marts.ALL;
  private final Set<String> stores = new HashSet<>();

  private static WarehouseAddress migrated() {
    EmbeddedWarehouse engine = EmbeddedWarehouse.shared();
    WarehouseAddress plain = WarehouseAddress.parse(engine.jdbcUrl());
    WarehouseAddress address =
        new WarehouseAddress(plain.host(), plain.httpPort(), engine.user(), engine.password());
    try (Warehouse warehouse = Warehouse.connect(address)) {
      new Migrations(warehouse.http(), Topology.SINGLE).run(message -> {});
      return address;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A second connection, for a rival. */
  public static Warehouse connect() {
    return Warehouse.connect(ADDRESS);
  }

  /** Nothing in star but the calendar, no mart, no history of builds. */
  public static TestWarehouse empty() {
    TestWarehouse test = new TestWarehouse();
    for (String table :
        test.lines(
            "SELECT name FROM system.tables WHERE database = 'star' AND total_rows > 0"
                + " AND name NOT IN ('calendar', 'time_of_day')")) {
      test.query("TRUNCATE TABLE star." + table);
    }
    for (String table :
        List.of(
            "mart_partition",
            "mart_seen",
            "build_log",
            "check_result",
            "rejected_event",
            "rejected_repair")) {
      test.query("TRUNCATE TABLE ops." + table);
    }
    for (String room :
        test.lines(
            "SELECT name FROM system.databases WHERE match(name, '^(mart|dw|star)_') ORDER BY name")) {
      test.query("DROP DATABASE " + room + " SYNC");
    }
    for (String name : test.lines("SELECT name FROM system.tables WHERE database = 'mart'")) {
      test.query("DROP TABLE mart." + name + " SYNC");
      test.query("DROP VIEW IF EXISTS dw." + name + " SYNC");
    }
    return test;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  public String query(String statement) {
    return warehouse.http().query(statement, Map.of("insert_deduplicate", "0"));
  }

  /** Rows of an answer. */
  public List<String> lines(String statement) {
    return query(statement).lines().toList();
  }

  /** Columns: store, date, receipt, line, card or -, goods, quantity, net amount. Version 1. */
  public TestWarehouse sold(String table) {
    return sold(table, 1, false);
  }

  /** As {@link #sold(String)}, with everything that a till may say later. */
  TestWarehouse sold(String table, int version, boolean voided) {
    List<String> rows = new ArrayList<>();
    for (String row : table.lines().filter(r -> !r.isBlank()).toList()) {
      String[] v = row.strip().split("\\s+", -1);
      store(v[0]);
      rows.add(
          "('%s','%s','T1','%s',%s,'%s 12:00:00','%s','%s',%s,%s,1,%d,%s)"
              .formatted(
                  v[0],
                  v[1],
                  v[2],
                  v[3],
                  v[1],
                  v[4].equals("-") ? "" : v[4],
                  v[5],
                  v[6],
                  v[7],
                  version,
                  voided));
    }
    query(
        "INSERT INTO star.sales_line (store, business_date, till, receipt, line, sold_at, card, goods,"
            + " quantity, net_amount, retail_discount, version, voided) VALUES "
            + String.join(",", rows));
    return this;
  }

  /** Columns: store, date, receipt, line, card or -, goods, quantity, net amount. Version 1. */
  public TestWarehouse returned(String table) {
    for (String row : table.lines().filter(r -> !r.isBlank()).toList()) {
      String[] v = row.strip().split("\\s+", -1);
      store(v[0]);
      query(
          ("INSERT INTO star.return_line (store, business_date, till, receipt, line, returned_at, card,"
                  + " goods, quantity, net_amount, version) VALUES"
                  + " ('%s','%s','T9','%s',%s,'%2$s 13:00:00','%s','%s',%s,%s,1)")
              .formatted(v[0], v[1], v[2], v[3], v[4].equals("-") ? "" : v[4], v[5], v[6], v[7]));
    }
    return this;
  }

  private void store(String store) {
    if (stores.add(store)) {
      query(
          "INSERT INTO star.store (store, country, region, format, version) VALUES ('%s', 'China', 'East', 'hypermarket', 1)"
              .formatted(store));
    }
  }

  /** Columns: goods, department, category. */
  public TestWarehouse goods(String table, int version) {
    for (String row : table.lines().filter(r -> !r.isBlank()).toList()) {
      String[] v = row.strip().split("\\s+", -1);
      query(
          "INSERT INTO star.goods (goods, department, category, version) VALUES ('%s','%s','%s',%d)"
              .formatted(v[0], v[1], v[2], version));
    }
    return this;
  }

  /** Members M1, M2, … with cards C1, C2, … */
  public TestWarehouse members(int count) {
    query(
        "INSERT INTO star.member (member, card, version) SELECT concat('M', toString(number + 1)),"
            + " concat('C', toString(number + 1)), 1 FROM numbers("
            + count
            + ")");
    return this;
  }

  /** Builds no other marts than these and what they read: what a test is not about costs time. */
  public TestWarehouse only(Mart... some) {
    marts = new BuildOrder(Marts.ALL).of(List.of(some));
    return this;
  }

  /** The marts that are built here. */
  public List<Mart> marts() {
    return marts;
  }

  public BuildReport build() {
    return build(new BuildOptions(marts, BuildOptions.Extent.CHANGED));
  }

  public BuildReport build(BuildOptions options) {
    try {
      return new MartBuild(warehouse).run(options, BuildProgress.silent());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Every row of every mart that is built here. */
  public Map<String, List<String>> contents() {
    return contents("dw");
  }

  /** As {@link #contents()}, of the marts in a database. */
  public Map<String, List<String>> contents(String database) {
    Map<String, List<String>> contents = new java.util.TreeMap<>();
    for (Mart mart : marts) {
      contents.put(
          mart.name(), lines("SELECT * FROM %s.%s ORDER BY ALL".formatted(database, mart.name())));
    }
    return contents;
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
