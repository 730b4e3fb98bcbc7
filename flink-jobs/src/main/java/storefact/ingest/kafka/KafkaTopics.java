package storefact.ingest.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import storefact.event.Contract;
import storefact.event.Streams;

/**
 * Which topics are read, and how Kafka is reached. A topic carries one stream and is named after
 * it, with a prefix or without.
 *
 * @param brokers addresses as HOST:PORT, separated by commas
 * @param topics to read; empty for every topic that is named after a stream
 * @param prefix of topic names before the stream's, empty without one
 * @param group name under which the warehouse remembers how far the topics were taken; another name
 *     begins anew
 * @param skipDeleted whether to go on where Kafka has deleted records before they were taken
 * @param client more settings of Kafka's clients: security, for instance
 */
public record KafkaTopics(
    String brokers,
    List<String> topics,
    String prefix,
    String group,
    boolean skipDeleted,
    Map<String, String> client)
    implements Serializable {

  private static final String TIMEOUT_MILLIS = "15000";

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a topic is not named after a stream, or a name is no name
   */
  public KafkaTopics {
    if (!brokers.matches("[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*")) {
      throw new IllegalArgumentException(
          "Kafka's address '" + brokers + "' is not HOST:PORT, for example 127.0.0.1:9092");
    }
    if (!group.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "group '" + group + "' is not made of letters, digits, '.', '_' and '-', 100 at most");
    }
    for (String topic : topics) {
      if (stream(topic, prefix).isEmpty()) {
        throw new IllegalArgumentException(
            "topic '"
                + topic
                + "' is not named "
                + (prefix.isEmpty() ? "" : "'" + prefix + "' and ")
                + "after a stream; streams are "
                + Streams.ALL.stream().map(Contract::stream).toList());
      }
    }
    topics = List.copyOf(topics);
    client = Map.copyOf(client);
  }

  private static Optional<Contract<?>> stream(String topic, String prefix) {
    return topic.startsWith(prefix)
        ? Streams.named(topic.substring(prefix.length()))
        : Optional.empty();
  }

  /** The contract of a topic's records; empty where the topic is not read. */
  Optional<Contract<?>> contract(String topic) {
    return topics.isEmpty() || topics.contains(topic) ? stream(topic, prefix) : Optional.empty();
  }

  /**
   * Asks Kafka which of the topics there are.
   *
   * @throws IllegalStateException if Kafka does not answer or a topic that was named is not there
   */
  public List<Contract<?>> present() throws InterruptedException {
    try (Admin admin = Admin.create(settings())) {
      Set<String> names = new TreeSet<>(admin.listTopics().names().get());
      for (String topic : topics) {
        if (!names.contains(topic)) {
          throw new IllegalStateException(
              "Kafka at " + brokers + " has no topic '" + topic + "'; it has " + names);
        }
      }
      List<Contract<?>> present = new ArrayList<>();
      names.forEach(name -> contract(name).ifPresent(present::add));
      return present;
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new IllegalStateException(
          "Kafka at " + brokers + " does not answer: " + cause.getMessage(), e);
    }
  }

  /** Settings of any client. */
  Properties settings() {
    Properties settings = new Properties();
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "storefact-" + group);
    settings.putAll(client);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return settings;
  }
}
