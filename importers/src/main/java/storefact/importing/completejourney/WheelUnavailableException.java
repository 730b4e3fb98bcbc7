package storefact.importing.completejourney;

import java.io.IOException;

/** The wheel could not be had, or is not the one expected. The message says what to do. */
public final class WheelUnavailableException extends IOException {

  private static final long serialVersionUID = 1;

  WheelUnavailableException(String message) {
    super(message);
  }

  WheelUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
