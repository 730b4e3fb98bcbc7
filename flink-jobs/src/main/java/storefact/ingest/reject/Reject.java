package storefact.ingest.reject;

import java.time.Instant;

/**
 * A line that could not be taken.
 *
 * @param id hash of file, line number and text: names it in commands
 * @param stream by the name of its file, empty where unknown
 * @param reason code of a {@link storefact.event.Reason}
 * @param detail field and value that failed, for a person
 * @param raw the line as it came, its first 64 KiB
 * @param file path below the drop folder
 * @param line from 1
 * @param rejectedAt UTC
 * @param open false once it was offered again
 */
public record Reject(
    String id,
    String stream,
    String reason,
    String detail,
    byte[] raw,
    String file,
    long line,
    Instant rejectedAt,
    boolean open) {}
