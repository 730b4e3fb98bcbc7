package storefact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storefact.dashboard.Bundle;
import storefact.dashboard.ServedAssets;
import storefact.reader.Reader;
import storefact.reader.ReaderAccess;
import storefact.warehouse.Home;
import storefact.warehouse.WarehouseAddress;

/**
 * The Superset of a home: metadata, logins and process id in its folder {@code dashboards}, on
 * loopback. Superset itself lies in an environment of pinned packages that all homes share.
 */
final class SupersetServer {
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
  private static final Duration CLOCK_DRIFT = Duration.ofSeconds(2);
  private static final String STATE_FILE = "state.properties";
  private static final String STATE = "state";

  /** Set once metadata were prepared to their end, whatever happened to later attempts. */
  private static final String PREPARED = "prepared";

  private static final int FIRST_PORT = 30_000;
  private static final int PORTS = 2_000;

  private final Home home;
  private final Console console;
  private final Path folder;

  SupersetServer(Home home, Console console) {
    this.home = home;
    this.console = console;
    this.folder = home.root().resolve("dashboards");
  }

  private static Path room() {
    return Path.of(System.getProperty("storefact.root", "."), "dashboards");
  }

  /** Address of the server that runs or ran last. */
  String url() {
    return "http://127.0.0.1:" + properties("port.properties").getProperty("port", "?");
  }

  /** Whether the home's server runs and answers. */
  boolean isUp() throws InterruptedException {
    return running().isPresent() && answers();
  }

  /** Whether the home's server runs and does not answer. */
  boolean hangs() throws InterruptedException {
    return running().isPresent() && !answers();
  }

  /** For a person: whether it runs, and where. */
  String line() {
    return running()
        .map(process -> "dashboards: %s (pid %d)".formatted(url(), process.pid()))
        .orElse("dashboards: not running (./storefact dashboards up starts them)");
  }

  /** What the server said. */
  Path log() {
    return home.logs().resolve("dashboards.log");
  }

  /** The file with the readers' names and passwords. */
  Path logins() {
    return folder.resolve("logins.txt");
  }

  /**
   * Says where the warehouse answers: on a server, or without one in the home's engine.
   *
   * @throws IOException if the folder cannot be written
   */
  void serveFrom(Optional<WarehouseAddress> server) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("server.json");
    if (server.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Files.writeString(
        file,
        "{\"host\": \"%s\", \"port\": %d}%n"
            .formatted(server.get().host(), server.get().httpPort()));
  }

  /** Whether everything that Superset shows to whom is already what the assets and readers say. */
  boolean isCurrent(Bundle bundle, List<Reader> readers) throws IOException {
    return state(bundle, readers, packages()).equals(properties(STATE_FILE).getProperty(STATE));
  }

  /**
   * Makes Superset what the assets and the list of readers say, and has it run.
   *
   * @return whether anything had to be done
   * @throws IOException if a step fails; the message names its log
   */
  boolean bring(Bundle bundle, List<Reader> readers) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    List<String> packages = packages();
    String state = state(bundle, readers, packages);
    Properties done = properties(STATE_FILE);
    boolean current = state.equals(done.getProperty(STATE));
    if (current && isUp()) {
      return false;
    }
    PythonEnvironment python = PythonEnvironment.with(console, "superset", packages);
    if (!current) {
      stop();
      if (done.isEmpty()) {
        // It was never prepared to its end: what an interrupted run left may be half a schema.
        Files.deleteIfExists(folder.resolve("superset.db"));
      } else {
        done.setProperty(PREPARED, "true");
      }
      // Until it is brought in whole, what lies in the folder is not what Superset has.
      done.remove(STATE);
      store(STATE_FILE, done);
      prepare(python, bundle, readers);
    }
    serve(python);
    done.setProperty(STATE, state);
    store(STATE_FILE, done);
    return true;
  }

  /** Everything that decides what Superset shows to whom. */
  private static String state(Bundle bundle, List<Reader> readers, List<String> packages)
      throws IOException {
    StringBuilder all = new StringBuilder(bundle.fingerprint() + readers + packages);
    try (Stream<Path> files = Files.list(room().resolve("server"))) {
      // Whoever only reads decides nothing.
      for (Path file :
          files
              .filter(f -> f.toString().matches(".*\\.(py|svg)") && !f.endsWith("export.py"))
              .sorted()
              .toList()) {
        all.append(Files.readString(file));
      }
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(UTF_8)).toString();
  }

  private static List<String> packages() throws IOException {
    try (Stream<String> lines = Files.lines(room().resolve("requirements.lock"))) {
      return lines.map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    }
  }

  private void prepare(PythonEnvironment python, Bundle bundle, List<Reader> readers)
      throws IOException, InterruptedException {
    for (String secret : List.of("dashboards-session", "login-admin", ReaderAccess.NOBODY)) {
      home.secret(secret);
    }
    Files.writeString(
        folder.resolve("readers.json"),
        readers.stream()
            .map(
                r ->
                    "{\"name\": \"%s\", \"role\": \"%s\"}"
                        .formatted(r.name(), r.role().title().en()))
            .collect(Collectors.joining(", ", "[", "]\n")));
    writeLogins(readers);
    bundle.write(assets());
    script(
        python, "prepare", assets(), "Superset could not be prepared: see %s, then run this again");
  }

  /** Whether the last {@link #bring} got to its end. */
  boolean wasBrought() {
    return properties(STATE_FILE).getProperty(STATE) != null;
  }

  /** The bundle that was brought in last. */
  private Path assets() {
    return folder.resolve("assets");
  }

  /**
   * Charts and dashboards as the last {@link #bring} made them.
   *
   * @throws IllegalStateException if they were never brought in whole
   */
  ServedAssets brought() {
    if (!wasBrought()) {
      throw new IllegalStateException(
          "dashboards were not brought up in %s: run ./storefact dashboards up"
              .formatted(home.root()));
    }
    return ServedAssets.in(assets());
  }

  /**
   * Charts and dashboards as Superset has them now, whether it runs or not.
   *
   * @throws IOException if they cannot be read; the message names the log
   */
  ServedAssets now() throws IOException, InterruptedException {
    PythonEnvironment python = PythonEnvironment.with(console, "superset", packages());
    Path file = Files.createTempFile(folder, ".export-", ".json");
    try {
      script(python, "export", file, "Superset could not be asked: see %s, then run this again");
      return ServedAssets.read(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Runs a script of the server's folder; lines that begin with "step: " are for people. */
  private void script(PythonEnvironment python, String name, Path argument, String failure)
      throws IOException, InterruptedException {
    Path log = home.logs().resolve("dashboards-" + name + ".log");
    Process process =
        process(
                python,
                List.of(
                    python.program("python"),
                    room().resolve("server").resolve(name + ".py").toString(),
                    argument.toString()))
            .redirectError(log.toFile())
            .start();
    try (BufferedReader steps =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = steps.readLine(); line != null; line = steps.readLine()) {
        if (line.startsWith("step: ")) {
          console.say("  %s", line.substring("step: ".length()));
        }
      }
      if (process.waitFor() != 0) {
        throw new IOException(failure.formatted(log));
      }
    } finally {
      process.destroy();
    }
  }

  private void writeLogins(List<Reader> readers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Reader reader : readers) {
      String of =
          Stream.concat(reader.regions().stream(), reader.managers().stream())
              .collect(Collectors.joining(", "));
      text.append(
          "%-28s %s   %s%s%n"
              .formatted(
                  reader.name(),
                  home.secret("login-" + reader.name()),
                  reader.role().title().en(),
                  of.isEmpty() ? "" : " of " + of));
      home.secret(reader.name());
    }
    text.append(
        "%-28s %s   keeps Superset, sees no figures%n"
            .formatted("admin", home.secret("login-admin")));
    Path complete =
        Files.createTempFile(
            folder,
            ".new-",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(complete, text);
    Files.move(complete, logins(), StandardCopyOption.REPLACE_EXISTING);
  }

  private ProcessBuilder process(PythonEnvironment python, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("STOREFACT_HOME", home.root().toString());
    environment.put("PYTHONPATH", room().resolve("server").toString());
    environment.put("SUPERSET_HOME", folder.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("VIRTUAL_ENV", python.folder().toString());
    environment
        .keySet()
        .removeAll(List.of("FLASK_APP", "SUPERSET_CONFIG", "SUPERSET_CONFIG_PATH", "PYTHONHOME"));
    return builder;
  }

  private void serve(PythonEnvironment python) throws IOException, InterruptedException {
    stop();
    int port = port();
    Path log = log();
    Process process =
        process(
                python,
                List.of(
                    python.program("gunicorn"),
                    "--workers=1",
                    "--worker-class=gthread",
                    "--threads=8",
                    "--timeout=120",
                    "--bind=127.0.0.1:" + port,
                    "superset.app:create_app()"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    Properties run = new Properties();
    run.setProperty("pid", Long.toString(process.pid()));
    run.setProperty("startedAt", process.info().startInstant().orElse(Instant.EPOCH).toString());
    store("run.properties", run);
    Instant start = Instant.now();
    while (!answers()) {
      if (!process.isAlive() || Instant.now().isAfter(start.plus(LONGEST_START))) {
        stop();
        throw new IOException("Superset does not answer: see " + log + ", then run this again");
      }
      console.progress(
          "Superset starts, %d s".formatted(Duration.between(start, Instant.now()).toSeconds()));
      Thread.sleep(300);
    }
  }

  private boolean answers() throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url() + "/health"))
              .timeout(Duration.ofSeconds(10))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().equals("OK");
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The home's port: chosen once, kept while nobody else takes it, so that bookmarks stay right.
   */
  private int port() throws IOException {
    Properties kept = properties("port.properties");
    int port = Integer.parseInt(kept.getProperty("port", "0"));
    if (port > 0 && free(port)) {
      return port;
    }
    int start = Math.floorMod(home.root().hashCode(), PORTS);
    for (int i = 0; i < PORTS; i++) {
      int candidate = FIRST_PORT + (start + i) % PORTS;
      if (free(candidate)) {
        kept.setProperty("port", Integer.toString(candidate));
        store("port.properties", kept);
        return candidate;
      }
    }
    throw new IOException(
        "no free port between %d and %d: end some servers"
            .formatted(FIRST_PORT, FIRST_PORT + PORTS - 1));
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process that this home started, told apart from a later one with its number. */
  private Optional<ProcessHandle> running() {
    Properties run = properties("run.properties");
    if (run.getProperty("pid") == null) {
      return Optional.empty();
    }
    Instant started = Instant.parse(run.getProperty("startedAt"));
    return ProcessHandle.of(Long.parseLong(run.getProperty("pid")))
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .filter(
                        start -> Duration.between(start, started).abs().compareTo(CLOCK_DRIFT) < 0)
                    .isPresent());
  }

  /**
   * Ends the server; after 20 seconds, by force.
   *
   * @return whether one ran
   */
  boolean stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> process = running();
    if (process.isPresent()) {
      List<ProcessHandle> all =
          Stream.concat(process.stream(), process.get().descendants()).toList();
      process.get().destroy();
      Instant deadline = Instant.now().plus(LONGEST_STOP);
      while (all.stream().anyMatch(ProcessHandle::isAlive) && Instant.now().isBefore(deadline)) {
        Thread.sleep(50);
      }
      all.forEach(ProcessHandle::destroyForcibly);
    }
    Files.deleteIfExists(folder.resolve("run.properties"));
    return process.isPresent();
  }

  private Properties properties(String file) {
    Properties values = new Properties();
    Path path = folder.resolve(file);
    if (Files.exists(path)) {
      try (BufferedReader in = Files.newBufferedReader(path)) {
        values.load(in);
      } catch (IOException | IllegalArgumentException e) {
        return new Properties();
      }
    }
    return values;
  }

  private void store(String file, Properties values) throws IOException {
    Path complete = Files.createTempFile(folder, ".new-", null);
    try (var out = Files.newBufferedWriter(complete)) {
      values.store(out, null);
    }
    Files.move(
        complete,
        folder.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
