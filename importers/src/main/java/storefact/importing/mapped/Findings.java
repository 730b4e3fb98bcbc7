package storefact.importing.mapped;

import java.util.ArrayList;
import java.util.List;

/** Oddities of the row under way; they count only if it is taken. */
final class Findings {

  record Odd(Finding finding, String detail) {}

  private final List<Odd> odds = new ArrayList<>();

  /** Notes an oddity; once, however often its value is looked at. */
  void odd(Finding finding, String detail) {
    Odd odd = new Odd(finding, detail);
    if (!odds.contains(odd)) {
      odds.add(odd);
    }
  }

  List<Odd> odds() {
    return odds;
  }

  void clear() {
    odds.clear();
  }
}
