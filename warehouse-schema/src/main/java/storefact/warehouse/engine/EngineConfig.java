package storefact.warehouse.engine;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import storefact.warehouse.Home;

/**
 * Writes the engine's configuration into the home: {@code engine/config.xml} and {@code
 * engine/users.xml}.
 */
final class EngineConfig {
  private EngineConfig() {}

  static Path config(Home home) {
    return home.engine().resolve("config.xml");
  }

  static Path log(Home home) {
    return home.logs().resolve("engine.log");
  }

  static Path users(Home home) {
    return home.engine().resolve("users.xml");
  }

  /** Renders both files and creates the folders that they name. */
  static void write(Home home, EngineOptions options, Ports ports, EngineKind kind) {
    try {
      for (String folder :
          new String[] {"data", "tmp", "user_files", "format_schemas", "backups"}) {
        Files.createDirectories(home.engine().resolve(folder));
      }
      store(config(home), wellFormed(server(home, options, ports)));
      store(users(home), EngineUsers.render(home, options, kind));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the engine's configuration into "
              + home.engine()
              + ": check its permissions",
          e);
    }
  }

  /**
   * log-level and logger.level say the same: clickhouse-local heeds the first, a server the second.
   * Nothing here opens the MySQL, PostgreSQL or interserver ports.
   */
  private static String server(Home home, EngineOptions options, Ports ports) {
    return """
        <clickhouse>
          <listen_host>127.0.0.1</listen_host>
          <http_port>%d</http_port>
          <tcp_port>%d</tcp_port>
          <path>%s/data/</path>
          <tmp_path>%3$s/tmp/</tmp_path>
          <user_files_path>%3$s/user_files/</user_files_path>
          <format_schema_path>%3$s/format_schemas/</format_schema_path>
          <users_config>%s</users_config>
          <log-level>warning</log-level>
          <logger>
            <level>warning</level>
            <log>%s</log>
            <size>10M</size>
            <count>3</count>
            <console>0</console>
          </logger>
          <timezone>UTC</timezone>
          <default_profile>default</default_profile>
          <default_database>default</default_database>
          <max_server_memory_usage>%d</max_server_memory_usage>
          <background_pool_size>2</background_pool_size>
          <max_concurrent_queries>100</max_concurrent_queries>
          <mark_cache_size>67108864</mark_cache_size>
          <uncompressed_cache_size>67108864</uncompressed_cache_size>
          <index_mark_cache_size>16777216</index_mark_cache_size>
          <allow_no_password>0</allow_no_password>
          <allow_plaintext_password>0</allow_plaintext_password>
          <access_control_improvements>
            <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
          </access_control_improvements>
          <send_crash_reports><enabled>false</enabled></send_crash_reports>
          <query_log>
            <database>system</database>
            <table>query_log</table>
            <ttl>event_date + INTERVAL 30 DAY DELETE</ttl>
          </query_log>
          <part_log>
            <database>system</database>
            <table>part_log</table>
            <ttl>event_date + INTERVAL 7 DAY DELETE</ttl>
          </part_log>
          <backups>
            <allowed_path>%3$s/backups/</allowed_path>
          </backups>
          %s
        </clickhouse>
        """
        .formatted(
            ports.http(),
            ports.tcp(),
            xml(home.engine()),
            xml(users(home)),
            xml(log(home)),
            options.memory(),
            String.join("\n  ", options.extraConfig()));
  }

  /** The engine ends without a word when its configuration is no XML, so we say it. */
  private static String wellFormed(String document) throws IOException {
    try {
      DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      parser.setErrorHandler(null);
      parser.parse(new InputSource(new StringReader(document)));
      return document;
    } catch (SAXException e) {
      throw new EngineFailure(
          "the extra configuration is no XML (" + e.getMessage() + "): correct it", e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every JDK has an XML parser", e);
    }
  }

  static String xml(Object text) {
    return text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void store(Path file, String content) throws IOException {
    Path complete =
        Files.createTempFile(
            file.getParent(),
            ".new-",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(complete, content);
    Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
