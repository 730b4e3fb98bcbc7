package storefact.warehouse.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/** The two forms in which the engine comes. */
enum EngineKind {
  /** {@code libchdb.so}, run inside the host's own process. */
  LIBRARY,
  /** An installed {@code clickhouse}, run as a child of the host. */
  BINARY;

  static EngineKind of(Path engine) {
    if (!Files.isRegularFile(engine)) {
      throw new EngineFailure(
          "engine "
              + engine
              + " is no file: give a clickhouse binary or a libchdb.so with --engine PATH");
    }
    String name = engine.getFileName().toString();
    if (name.endsWith(".so") || name.endsWith(".dylib")) {
      return LIBRARY;
    }
    if (!Files.isExecutable(engine)) {
      throw new EngineFailure(
          "engine "
              + engine
              + " cannot be executed: give a clickhouse binary or a libchdb.so with --engine PATH");
    }
    return BINARY;
  }
}
