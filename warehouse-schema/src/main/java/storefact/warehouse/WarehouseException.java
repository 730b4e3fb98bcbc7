package storefact.warehouse;

/** The warehouse refused a statement or could not be reached. */
public final class WarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int MEMORY_LIMIT_EXCEEDED = 241;

  private final int code;

  WarehouseException(String message, int code) {
    super(message);
    this.code = code;
  }

  WarehouseException(String message, Throwable cause) {
    super(message + ": " + cause, cause);
    this.code = 0;
  }

  /** ClickHouse's error code, 0 where it could not be reached. */
  public int code() {
    return code;
  }

  /** Whether the statement needed more memory than it may take. */
  public boolean isOutOfMemory() {
    return code == MEMORY_LIMIT_EXCEEDED;
  }
}
