package storefact.warehouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamType;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;

/**
 * A warehouse that answers: jOOQ for statements that Java builds, HTTP for streams and blocks. One
 * per thread; close it.
 */
public final class Warehouse implements AutoCloseable {

  /** Statements are sent with their values inlined: ClickHouse plans them as they stand. */
  private static final Settings SETTINGS =
      new Settings()
          .withStatementType(StatementType.STATIC_STATEMENT)
          .withParamType(ParamType.INLINED);

  private final WarehouseAddress address;
  private final ClickHouseHttp http;
  private final Connection connection;

  private Warehouse(WarehouseAddress address, Connection connection) {
    this.address = address;
    this.connection = connection;
    this.http = new ClickHouseHttp(address);
  }

  /**
   * Connects.
   *
   * @throws WarehouseException if nothing answers at the address or refuses the user
   */
  public static Warehouse connect(WarehouseAddress address) {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    // Builds may sort and merge for minutes.
    properties.setProperty("socket_timeout", "3600000");
    try {
      return new Warehouse(address, DriverManager.getConnection(address.jdbcUrl(), properties));
    } catch (SQLException e) {
      throw new WarehouseException("cannot connect to the warehouse at " + address, e);
    }
  }

  public WarehouseAddress address() {
    return address;
  }

  /** Statements that Java builds. */
  public DSLContext sql() {
    return DSL.using(connection, SQLDialect.CLICKHOUSE, SETTINGS);
  }

  /** Renders statements without sending them. */
  public static DSLContext renderer() {
    return DSL.using(SQLDialect.CLICKHOUSE, SETTINGS);
  }

  /** Plain statements, streams and blocks. */
  public ClickHouseHttp http() {
    return http;
  }

  @Override
  public void close() {
    http.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new WarehouseException("cannot close the connection to " + address, e);
    }
  }
}
