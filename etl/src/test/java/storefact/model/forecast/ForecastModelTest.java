package storefact.model.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that is not named would change forecasts without a mart being computed anew. */
class ForecastModelTest {
  @Test
  void everyClassOfTheModelIsNamed() throws Exception {
    Path folder =
        Path.of(ForecastModel.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(ForecastModel.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      List<String> there =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(name -> !name.contains("$"))
              .filter(name -> !List.of("ForecastModel", "package-info").contains(name))
              .toList();
      assertThat(ForecastModel.CODE)
          .extracting(Class::getSimpleName)
          .containsExactlyInAnyOrderElementsOf(there);
    }
  }
}
