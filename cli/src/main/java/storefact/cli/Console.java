package storefact.cli;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What a person sees while something works: a line that moves on a terminal, else a line at times.
 */
final class Console {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final int BAR_CELLS = 20;

  private final PrintStream out;
  private final boolean terminal;
  private long lastLineNanos;
  private int shown;

  /** Without a terminal some JDKs still answer no console at all. */
  @SuppressWarnings("SystemConsoleNull")
  Console() {
    this.out = System.out;
    java.io.Console console = System.console();
    this.terminal = console != null && console.isTerminal();
  }

  /** A line that stays. */
  void say(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /** A line that stays, from a format in the root locale. */
  @FormatMethod
  void say(@FormatString String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** A line that the next one replaces; without a terminal only one in five seconds is printed. */
  void progress(String line) {
    if (terminal) {
      clear();
      out.print(line);
      out.flush();
      shown = line.length();
    } else if (System.nanoTime() - lastLineNanos > BETWEEN_LINES.toNanos()) {
      out.println(line);
      out.flush();
      lastLineNanos = System.nanoTime();
    }
  }

  private void clear() {
    if (shown > 0) {
      out.print("\r" + " ".repeat(shown) + "\r");
      shown = 0;
    }
  }

  /** A bar with percentage and time left, from work done and the time that it took. */
  static String bar(double share, Duration sinceStart) {
    double bounded = Math.max(0, Math.min(1, share));
    int full = (int) Math.round(bounded * BAR_CELLS);
    String left = "";
    if (bounded > 0.02 && bounded < 1) {
      long seconds = Math.round(sinceStart.toMillis() / 1000.0 * (1 - bounded) / bounded);
      left = String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
    }
    return String.format(
        Locale.ROOT,
        "%s%s %3.0f %%%s",
        "█".repeat(full),
        "·".repeat(BAR_CELLS - full),
        bounded * 100,
        left);
  }

  /** A number with thousands separators. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Seconds as m:ss. */
  static String clock(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }
}
