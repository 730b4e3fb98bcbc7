package storefact.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's own broker, one node in a process of its own on loopback ports; its data lie in a folder
 * of the test.
 */
final class KafkaBroker implements AutoCloseable {

  private static final String STORAGE_TOOL = "kafka.tools.StorageTool";
  private static final String SERVER = "kafka.Kafka";
  private static final int ATTEMPTS = 60;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String address;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  private KafkaBroker(Process process, Path log, String address) {
    this.process = process;
    this.log = log;
    this.address = address;
    this.admin = Admin.create(client());
    this.producer =
        new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Properties client() {
    Properties client = new Properties();
    client.put("bootstrap.servers", address);
    client.put("linger.ms", "5");
    return client;
  }

  static KafkaBroker start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port;
    int controller;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket two = new ServerSocket(0, 1, loopback)) {
      port = one.getLocalPort();
      controller = two.getLocalPort();
    }
    Path settings = folder.resolve("server.properties");
    Files.writeString(
        settings,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%d
        listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%1$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        log.dirs=%s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        auto.create.topics.enable=false
        """
            .formatted(controller, port, folder.resolve("data")));
    Path log = folder.resolve("broker.log");
    Process format =
        java(
            log,
            List.of(
                STORAGE_TOOL,
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                settings.toString()));
    if (format.waitFor() != 0) {
      throw new IllegalStateException("Kafka's storage was not made:\n" + Files.readString(log));
    }
    Process process = java(log, List.of(SERVER, settings.toString()));
    KafkaBroker broker = new KafkaBroker(process, log, "127.0.0.1:" + port);
    broker.awaitAnswer();
    return broker;
  }

  private static Process java(Path log, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
      try {
        admin.listTopics().names().get(1, TimeUnit.SECONDS);
        return;
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        // A broker that is not up yet refuses at once: without a pause the attempts are over soon.
        Thread.sleep(200);
      }
    }
    String said = Files.readString(log);
    close();
    throw new IllegalStateException("Kafka does not start:\n" + said);
  }

  String address() {
    return address;
  }

  /** Makes a topic; answers once it can be written. */
  void topic(String name, int partitions) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    Waiting.until("topic " + name, LONGEST, () -> topics().contains(name));
  }

  void deleteTopic(String name) throws Exception {
    admin.deleteTopics(List.of(name)).all().get();
    Waiting.until("the end of topic " + name, LONGEST, () -> !topics().contains(name));
  }

  private Set<String> topics() throws Exception {
    return admin.listTopics().names().get();
  }

  /** Deletes records before an offset, as retention does. */
  void deleteBefore(String topic, int partition, long offset) throws Exception {
    admin
        .deleteRecords(
            Map.of(
                new org.apache.kafka.common.TopicPartition(topic, partition),
                org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  void send(String topic, int partition, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
  }

  /** Waits until Kafka has what was sent. */
  void flush() {
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      assertThat(record).succeedsWithin(LONGEST);
    }
    sent.clear();
  }

  @Override
  public void close() throws InterruptedException {
    producer.close(Duration.ofSeconds(2));
    admin.close(Duration.ofSeconds(2));
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
