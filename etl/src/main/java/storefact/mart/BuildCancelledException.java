package storefact.mart;

/** A build was cancelled; marts that were swapped in before stay. */
public final class BuildCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BuildCancelledException() {
    super("the build was cancelled; what was finished stays, ./storefact build goes on from there");
  }
}
