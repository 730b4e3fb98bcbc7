package storefact.warehouse.calendar;

import com.tyme.solar.SolarTerm;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The days on which the 24 solar terms (节气) begin, 1900 to 2100, from tyme4j. */
final class SolarTerms {

  /** In the order of tyme4j, which begins at the winter solstice of the year before. */
  private static final String[] ENGLISH = {
    "Winter Solstice",
    "Minor Cold",
    "Major Cold",
    "Beginning of Spring",
    "Rain Water",
    "Awakening of Insects",
    "Spring Equinox",
    "Pure Brightness",
    "Grain Rain",
    "Beginning of Summer",
    "Grain Buds",
    "Grain in Ear",
    "Summer Solstice",
    "Minor Heat",
    "Major Heat",
    "Beginning of Autumn",
    "End of Heat",
    "White Dew",
    "Autumn Equinox",
    "Cold Dew",
    "Frost's Descent",
    "Beginning of Winter",
    "Minor Snow",
    "Major Snow"
  };

  static final Term PURE_BRIGHTNESS = new Term("Pure Brightness", "清明");
  static final Term WINTER_SOLSTICE = new Term("Winter Solstice", "冬至");

  /** Published otherwise than computed: the Sun got there three seconds before midnight. */
  private static final Map<LocalDate, LocalDate> PUBLISHED =
      Map.of(LocalDate.of(1979, 1, 20), LocalDate.of(1979, 1, 21));

  private static final Map<LocalDate, Term> BY_DAY = new HashMap<>();

  static {
    for (int year = CalendarDays.FIRST.getYear(); year <= CalendarDays.LAST.getYear() + 1; year++) {
      for (int index = 0; index < ENGLISH.length; index++) {
        LocalDate day = LunarMonths.date(SolarTerm.fromIndex(year, index).getSolarDay());
        Term term = new Term(ENGLISH[index], SolarTerm.NAMES[index]);
        BY_DAY.put(PUBLISHED.getOrDefault(day, day), term);
      }
    }
  }

  private SolarTerms() {}

  record Term(String english, String chinese) {}

  /** The term that begins on that day. */
  static Optional<Term> on(LocalDate day) {
    return Optional.ofNullable(BY_DAY.get(day));
  }
}
