package storefact.importing.mapped;

import java.io.IOException;

/** A mapping that cannot be used: says the key, its value and the way out. */
public final class MappingException extends IOException {
  private static final long serialVersionUID = 1L;

  MappingException(String message) {
    super(message);
  }

  MappingException(String message, Throwable cause) {
    super(message, cause);
  }
}
