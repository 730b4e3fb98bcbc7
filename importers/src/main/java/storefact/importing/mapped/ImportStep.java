package storefact.importing.mapped;

/**
 * How far an import is.
 *
 * @param phase what is under way
 * @param rows rows read in this phase, or events written
 * @param done bytes read in this phase, or rows of a workbook
 * @param total bytes in all, or 0 where that is not known before the end
 */
public record ImportStep(Phase phase, long rows, long done, long total) {

  /** What an import does, in this order. */
  public enum Phase {
    /** Looking for returns, so that only their sales have to be remembered. */
    LOOK,
    /** Reading, checking and writing. */
    READ,
    /** Writing what had to wait for the end of the file: returns and gathered master data. */
    WRITE
  }
}
