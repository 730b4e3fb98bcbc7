package storefact.simulator;

/**
 * How far a simulation is.
 *
 * @param areaDays days simulated, over all areas
 * @param ofAreaDays days to simulate, over all areas
 * @param salesLines sales lines written so far
 */
public record SimulationProgress(long areaDays, long ofAreaDays, long salesLines) {}
