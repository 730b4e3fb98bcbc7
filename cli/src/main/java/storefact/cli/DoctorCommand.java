package storefact.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import storefact.warehouse.Home;
import storefact.warehouse.engine.Engine;
import storefact.warehouse.engine.EngineLauncher;

@Command(
    name = "doctor",
    description = "Look for what could stand in the way, and tell the remedy.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private static final int NEEDED_JAVA = 25;
  private static final long GIB = 1L << 30;
  private static final long NEEDED_DISK = 5 * GIB;
  private static final long NEEDED_MEMORY = 4 * GIB;

  @ParentCommand private Storefact storefact;

  private final Console console = new Console();
  private int findings;

  @Override
  public Integer call() throws Exception {
    int java = Runtime.version().feature();
    finding(
        java >= NEEDED_JAVA, "JDK " + Runtime.version(), "install JDK 25 and set JAVA_HOME to it");
    disk();
    memory();
    ports();
    program(
        "npm", "installs the engine library", "install Node.js with npm, or give --engine PATH");
    program("python3", "fetches the Complete Journey", "install Python 3.11 with pip");
    permissions();
    servers();
    console.say(findings == 0 ? "all well" : findings + " findings; see the remedies above");
    return findings == 0 ? 0 : 1;
  }

  private void finding(boolean well, String what, String remedy) {
    console.say("%s %s", well ? "ok     " : "PROBLEM", what);
    if (!well) {
      console.say("        remedy: %s", remedy);
      findings++;
    }
  }

  private void disk() throws IOException {
    Path existing = storefact.home.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    FileStore store = Files.getFileStore(existing);
    finding(
        store.getUsableSpace() > NEEDED_DISK,
        "disk: %,d GiB free at %s".formatted(store.getUsableSpace() / GIB, existing),
        "free some space, or choose another --home; 5 GiB are enough for the demo");
  }

  private void memory() throws IOException {
    Path file = Path.of("/proc/meminfo");
    if (!Files.isReadable(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file)) {
      long free =
          lines
              .filter(line -> line.startsWith("MemAvailable:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .findFirst()
              .orElse(Long.MAX_VALUE);
      finding(
          free > NEEDED_MEMORY,
          "memory: %,d MiB free".formatted(free >> 20),
          "end other programs; ingest and builds want up to 4 GiB");
    }
  }

  private void ports() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      finding(true, "ports: loopback gives port " + socket.getLocalPort(), "");
    } catch (IOException e) {
      finding(false, "ports: none on loopback: " + e.getMessage(), "bring the lo interface up");
    }
  }

  private void program(String name, String purpose, String remedy) throws InterruptedException {
    boolean found;
    try {
      Process process =
          new ProcessBuilder(name, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      found = process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      found = false;
    }
    finding(found, name + ": " + purpose, remedy);
  }

  private void permissions() throws IOException {
    if (!Files.isDirectory(storefact.home)) {
      finding(true, "home: " + storefact.home + " will be made by the first command", "");
      return;
    }
    finding(
        Files.isWritable(storefact.home),
        "home: " + storefact.home + " can be written",
        "make it yours: chown -R $USER " + storefact.home);
    Path secrets = Home.at(storefact.home).secrets();
    List<Path> open = new ArrayList<>();
    try (Stream<Path> files = Files.list(secrets)) {
      for (Path file : files.toList()) {
        if (Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
          open.add(file);
        }
      }
    }
    finding(
        open.isEmpty(),
        "secrets: readable by their owner alone",
        "chmod 600 " + String.join(" ", open.stream().map(Path::toString).toList()));
  }

  private void servers() throws InterruptedException {
    if (!Files.isDirectory(storefact.home)) {
      return;
    }
    Home home = Home.at(storefact.home);
    SupersetServer superset = new SupersetServer(home, console);
    finding(
        !superset.hangs(),
        superset.line(),
        "./storefact dashboards down, then ./storefact dashboards up; what it said is in "
            + superset.log());
    Optional<Engine> engine = EngineLauncher.running(home);
    finding(
        true,
        engine
            .map(running -> "engine: " + UpCommand.line(running))
            .orElse("engine: not running (./storefact up starts it)"),
        "");
  }
}
