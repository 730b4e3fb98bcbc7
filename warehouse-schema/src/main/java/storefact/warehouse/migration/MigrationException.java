package storefact.warehouse.migration;

/** A migration was refused or failed; the message names its file. */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
