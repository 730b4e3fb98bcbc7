package storefact.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartLibraryTest {

  @Test
  void whatIsInstalledIsUsedWithoutAWord(@TempDir Path cache) throws IOException {
    Path script = cache.resolve(ChartLibrary.VERSION).resolve("dist").resolve("echarts.min.js");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "");
    List<String> told = new ArrayList<>();

    assertThat(ChartLibrary.in(cache, "no-such-npm").install(told::add)).isEqualTo(script);
    assertThat(told).isEmpty();
  }

  @Test
  void aMissingNpmIsNamedAndNothingIsLeftBehind(@TempDir Path cache) throws IOException {
    assertThatThrownBy(() -> ChartLibrary.in(cache, "no-such-npm").install(told -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("install Node.js with npm");
    try (var files = Files.list(cache)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void thePinnedVersionIsTheInstalledOne() throws IOException {
    try (var in = ChartLibrary.class.getResourceAsStream("npm/package-lock.json")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"echarts\": \"" + ChartLibrary.VERSION + "\"", "\"integrity\": \"sha512-")
          .doesNotContain("resolved");
    }
  }
}
