package storefact.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.LineFormat;

class MemoryTest {

  private static final double MEGABYTE = 1 << 20;

  @Test
  @Tag("slow")
  void memoryDoesNotGrowWithDays(@TempDir Path folder) throws Exception {
    // The first run also loads classes.
    held(folder.resolve("warm"), 60);
    double once = held(folder.resolve("once"), 180);
    double fourTimes = held(folder.resolve("four"), 720);
    assertThat(fourTimes).isLessThan(1.2 * once + 4);
  }

  /** Most live megabytes while one area is simulated. */
  private static double held(Path out, int days) throws Exception {
    double[] most = new double[1];
    SimulationSettings settings =
        SimulatedDrop.settings(out, 4, 1_500, days, LineFormat.CSV, 0.001, 1);
    new Simulation(settings)
        .run(
            progress -> {
              if (progress.areaDays() < progress.ofAreaDays()) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                most[0] =
                    Math.max(most[0], (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE);
              }
            });
    assertThat(most[0]).as("was looked at").isPositive();
    return most[0];
  }
}
