package storefact.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storefact.ingest.lake.Lake;
import storefact.reader.ReaderAccess;
import storefact.reader.Readers;
import storefact.warehouse.Home;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;
import storefact.warehouse.engine.Account;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineLease;
import storefact.warehouse.engine.EngineOptions;
import storefact.warehouse.migration.Migrations;

/**
 * A warehouse that is up and migrated, for the time of one command: the home's engine, started for
 * the command where it does not run, or a server that runs elsewhere.
 */
final class Session implements AutoCloseable {

  private final Home home;
  private final Optional<EngineLease> lease;
  private final WarehouseAddress address;
  private final Warehouse warehouse;

  private Session(Home home, Optional<EngineLease> lease, WarehouseAddress address) {
    this.home = home;
    this.lease = lease;
    this.address = address;
    this.warehouse = Warehouse.connect(address);
  }

  static Session open(Storefact options, Console console) throws InterruptedException {
    Home home = Home.at(options.home);
    // Flink and SQLite read it when they are first used, and leave files behind when killed.
    System.setProperty("java.io.tmpdir", home.temporary().toString());
    Session session;
    if (options.warehouse.isPresent()) {
      session =
          new Session(home, Optional.empty(), WarehouseAddress.parse(options.warehouse.get()));
      ServerAccounts.createOwner(session.warehouse.http(), home, options.topology);
    } else {
      EngineLease lease = EngineLease.acquire(home, engineOptions(options), console::progress);
      session = new Session(home, Optional.of(lease), addressOf(home, lease.engine()));
    }
    try {
      new Migrations(session.warehouse.http(), options.topology).run(console::progress);
      return session;
    } catch (RuntimeException | InterruptedException e) {
      session.close();
      throw e;
    }
  }

  static EngineOptions engineOptions(Storefact options) {
    List<Account> accounts = new ArrayList<>(EngineOptions.defaults().accounts());
    accounts.addAll(ReaderAccess.accounts(Readers.of(new Home(options.home))));
    EngineOptions engine = EngineOptions.defaults().withAccounts(accounts);
    EngineOptions there = options.engine.map(engine::withEngine).orElse(engine);
    return options.memory.map(mib -> there.withMemory(mib << 20)).orElse(there);
  }

  static WarehouseAddress addressOf(Home home, Engine engine) {
    String user = Account.STOREFACT.name();
    return new WarehouseAddress("127.0.0.1", engine.httpPort(), user, home.secret(user));
  }

  Home home() {
    return home;
  }

  Optional<Engine> engine() {
    return lease.map(EngineLease::engine);
  }

  WarehouseAddress address() {
    return address;
  }

  /** The address for another account, whose password is the home's secret of its name. */
  WarehouseAddress addressOf(Optional<String> user) {
    return user.map(
            name ->
                new WarehouseAddress(address.host(), address.httpPort(), name, home.secret(name)))
        .orElse(address);
  }

  Warehouse warehouse() {
    return warehouse;
  }

  Lake lake() {
    return Lake.local(home.lake().toAbsolutePath());
  }

  @Override
  public void close() {
    warehouse.close();
    lease.ifPresent(EngineLease::close);
  }
}
