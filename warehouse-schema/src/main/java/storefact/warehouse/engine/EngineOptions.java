package storefact.warehouse.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a home's engine is started with.
 *
 * @param engine a {@code clickhouse} binary or a {@code libchdb.so} to use; empty: the pinned
 *     library, installed when missing
 * @param accounts who may log in; {@link Account#STOREFACT} must be among them
 * @param extraConfig XML fragments put into the server configuration as they are, such as {@code
 *     <remote_servers>…}
 * @param memory the most that the engine takes, in bytes
 */
public record EngineOptions(
    Optional<Path> engine, List<Account> accounts, List<String> extraConfig, long memory) {
  private static final long DEFAULT_MEMORY = 1_536L << 20;

  /** Keeps its own copies. */
  public EngineOptions {
    accounts = List.copyOf(accounts);
    extraConfig = List.copyOf(extraConfig);
    if (!accounts.stream().anyMatch(account -> account.name().equals(Account.STOREFACT.name()))) {
      throw new IllegalArgumentException("accounts lack \"storefact\": add Account.STOREFACT");
    }
    if (memory < 512L << 20) {
      throw new IllegalArgumentException("memory " + memory + " bytes: give at least 512 MiB");
    }
  }

  /** The pinned engine, 1.5 GiB, the accounts {@code storefact} and {@code view_owner}. */
  public static EngineOptions defaults() {
    return new EngineOptions(
        Optional.empty(),
        List.of(Account.STOREFACT, Account.VIEW_OWNER),
        List.of(),
        DEFAULT_MEMORY);
  }

  /** With this {@code clickhouse} binary or {@code libchdb.so}. */
  public EngineOptions withEngine(Path path) {
    return new EngineOptions(Optional.of(path), accounts, extraConfig, memory);
  }

  /** With exactly these accounts. */
  public EngineOptions withAccounts(List<Account> exactly) {
    return new EngineOptions(engine, exactly, extraConfig, memory);
  }

  /** With these XML fragments. */
  public EngineOptions withExtraConfig(List<String> fragments) {
    return new EngineOptions(engine, accounts, fragments, memory);
  }

  /** With at most this many bytes of memory. */
  public EngineOptions withMemory(long bytes) {
    return new EngineOptions(engine, accounts, extraConfig, bytes);
  }
}
