package storefact.warehouse.engine;

/** This home's engine is up already; {@link #engine()} is where. */
public final class EngineAlreadyRunning extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Engine engine;

  EngineAlreadyRunning(Engine engine) {
    super("already running: pid " + engine.pid() + ", " + engine.httpUrl());
    this.engine = engine;
  }

  /** The engine that runs. */
  public Engine engine() {
    return engine;
  }
}
