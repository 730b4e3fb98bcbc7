package storefact.warehouse.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A run of days, first and last, of which another source says another lunar date than ours. */
record Disagreement(String first, String last) {

  static List<Disagreement> between(
      Function<LocalDate, LunarDate> other, LocalDate first, LocalDate last) {
    List<Disagreement> found = new ArrayList<>();
    LocalDate begin = null;
    for (LocalDate day = first; !day.isAfter(last.plusDays(1)); day = day.plusDays(1)) {
      boolean same = day.isAfter(last) || LunarDate.of(day).equals(other.apply(day));
      if (same && begin != null) {
        found.add(new Disagreement(begin.toString(), day.minusDays(1).toString()));
        begin = null;
      } else if (!same && begin == null) {
        begin = day;
      }
    }
    return found;
  }
}
