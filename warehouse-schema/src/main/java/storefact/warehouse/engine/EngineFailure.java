package storefact.warehouse.engine;

/**
 * The engine could not be installed, started or stopped; the message's last sentence says what to
 * do.
 */
public final class EngineFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineFailure(String message) {
    super(message);
  }

  EngineFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
