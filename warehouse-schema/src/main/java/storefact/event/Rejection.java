package storefact.event;

/**
 * A line that could not be taken.
 *
 * @param reason why
 * @param detail the field and value that failed, for a person
 * @param raw the line as it came, cut at {@link #MOST_RAW_BYTES}
 * @param lineNumber line in its file, from 1, or offset in its Kafka partition
 */
public record Rejection(Reason reason, String detail, byte[] raw, long lineNumber) {

  /** Longest raw text that is kept; the source position leads to the rest. */
  public static final int MOST_RAW_BYTES = 64 * 1024;
}
