package storefact.simulator;

import java.time.Duration;

/**
 * What a simulation wrote.
 *
 * @param salesLines sales lines, planted faults included
 * @param receipts receipts
 * @param otherEvents events of the other streams, master data included
 * @param alreadyThere true where the same simulation had been written before; nothing was done
 * @param took how long it took
 */
public record SimulationResult(
    long salesLines, long receipts, long otherEvents, boolean alreadyThere, Duration took) {}
