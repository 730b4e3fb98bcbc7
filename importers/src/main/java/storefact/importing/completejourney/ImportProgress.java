package storefact.importing.completejourney;

/**
 * How far an import is.
 *
 * @param phase what is under way
 * @param done how much of it is done, in the phase's unit
 * @param total how much there is in all, in the phase's unit
 */
public record ImportProgress(Phase phase, long done, long total) {

  /** What an import does, in this order. */
  public enum Phase {
    /** Getting the wheel and verifying it; unit: wheels. */
    FETCH,
    /** Reading the tables; unit: tables. */
    READ,
    /** Writing the drop; unit: events. */
    WRITE
  }
}
