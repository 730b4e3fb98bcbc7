package storefact.warehouse.engine;

/** How long a started engine lives. */
public enum Mode {
  /** Outlives the command that started it; {@link EngineLauncher#stop} ends it. */
  DETACHED,
  /** Ends when the process that started it ends, however that ends. */
  ATTACHED
}
