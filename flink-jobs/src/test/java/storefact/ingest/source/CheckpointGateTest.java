package storefact.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How much a reader hands on between two checkpoints. */
class CheckpointGateTest {
  @Test
  void closesWithTheLastLineThatIsAllowedAndOpensWithTheCheckpoint() {
    CheckpointGate gate = new CheckpointGate(10);
    gate.passed(9);
    assertThat(gate.isClosed()).isFalse();

    gate.passed(4);
    CompletableFuture<Void> opens = gate.opens();
    assertThat(gate.isClosed()).isTrue();
    assertThat(opens).isNotDone();

    gate.open();
    assertThat(opens).isDone();
    assertThat(gate.isClosed()).isFalse();
    gate.passed(9);
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void aCheckpointThatComesEarlyLetsAWholeMeasureThrough() {
    CheckpointGate gate = new CheckpointGate(10);
    gate.passed(9);
    gate.open();
    gate.passed(9);
    assertThat(gate.isClosed()).isFalse();
  }
}
