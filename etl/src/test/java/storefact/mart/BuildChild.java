package storefact.mart;

import java.io.PrintStream;
import java.util.List;
import storefact.warehouse.Warehouse;
import storefact.warehouse.WarehouseAddress;

/**
 * A build of what changed, then full ones, in a process of its own, to be killed. Arguments: JDBC
 * address, then marts; the password stands in {@code STOREFACT_WAREHOUSE_PASSWORD}. Prints BUILDING
 * when it begins.
 */
final class BuildChild {
  private BuildChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    List<String> marts = List.of(arguments).subList(1, arguments.length);
    try (Warehouse warehouse = Warehouse.connect(WarehouseAddress.parse(arguments[0]))) {
      out.println("BUILDING");
      BuildOptions some = BuildOptions.changed().only(marts);
      new MartBuild(warehouse).run(some, BuildProgress.silent());
      while (true) {
        new MartBuild(warehouse).run(BuildOptions.full().only(marts), BuildProgress.silent());
      }
    }
  }
}
