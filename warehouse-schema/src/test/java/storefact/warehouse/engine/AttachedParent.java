package storefact.warehouse.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import storefact.warehouse.Home;

/**
 * A command that leases the engine of the home named first, tells so and works until its input
 * ends.
 */
final class AttachedParent {
  private AttachedParent() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    Home home = Home.at(Path.of(args[0]));
    try (EngineLease lease = EngineLease.acquire(home, EngineOptions.defaults(), out::println)) {
      out.println("leased " + lease.engine().pid());
      int _ = System.in.read();
    }
  }
}
