package storefact.importing.mapped;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an import did, or what it would do. Every row of the source is taken, rejected or left out.
 *
 * @param source the file
 * @param rows rows behind the header
 * @param taken rows that became events
 * @param rejected rows with a fault, written to {@code rejected.csv}
 * @param leftOut rows that the mapping does not want, written to {@code left-out.csv}
 * @param events events by stream
 * @param groups why rows were rejected or left out, and what is odd about taken ones
 * @param unused headings that the mapping does not use
 * @param folder holds {@code report.csv}, {@code rejected.csv} and {@code left-out.csv}
 * @param drop holds the drop files; empty for a dry run
 * @param filesWritten drop files written by this run
 * @param filesKept drop files that were there already
 */
public record ImportReport(
    Path source,
    long rows,
    long taken,
    long rejected,
    long leftOut,
    Map<String, Long> events,
    List<Group> groups,
    List<String> unused,
    Path folder,
    Optional<Path> drop,
    int filesWritten,
    int filesKept) {

  /** What became of the rows of a group. */
  public enum Verdict {
    /** A fault; can be mended and imported again. */
    REJECTED("rejected", "拒收"),
    /** Not wanted. */
    LEFT_OUT("left out", "排除"),
    /** Taken, but worth knowing. */
    ODD("taken, odd", "已接收但异常");

    private final String en;
    private final String zh;

    Verdict(String en, String zh) {
      this.en = en;
      this.zh = zh;
    }

    /** The verdict in words: {@code en} or {@code zh}. */
    public String text(String language) {
      return language.equals("zh") ? zh : en;
    }
  }

  /**
   * Rows of one reason.
   *
   * @param code stable name of the reason
   * @param en the reason in English
   * @param zh the reason in Chinese
   * @param whyEn what it comes from and what can be done, in English
   * @param whyZh the same in Chinese
   * @param count rows, or cases for what is not of one row
   * @param samples the first few
   */
  public record Group(
      Verdict verdict,
      String code,
      String en,
      String zh,
      String whyEn,
      String whyZh,
      long count,
      List<Sample> samples) {}

  /**
   * One case.
   *
   * @param row line of the text file or row of the sheet; 0 for what is not of one row
   * @param raw the row's values
   * @param detail field and value
   */
  public record Sample(long row, String raw, String detail) {}

  /** The report in words, one line each, to print at the end. */
  public List<String> closingLines() {
    List<String> lines = new ArrayList<>();
    String will = drop.isPresent() ? "taken" : "would be taken";
    lines.add(say("%s: %,d rows", source.getFileName(), rows));
    events.forEach((stream, count) -> lines.add(say("  %s: %,d %s", will, count, stream)));
    for (Group group : groups) {
      lines.add(
          say(
              "  %s 「%s」: %,d × %s — %s 「%s」",
              group.verdict().text("en"),
              group.verdict().text("zh"),
              group.count(),
              group.code(),
              group.en(),
              group.zh()));
      lines.add("      " + group.whyEn());
      lines.add("      " + group.whyZh());
      for (Sample sample : group.samples()) {
        lines.add(
            sample.row() == 0
                ? say("      · %s", sample.detail())
                : say("      · row %d: %s — %s", sample.row(), sample.raw(), sample.detail()));
      }
    }
    if (!unused.isEmpty()) {
      lines.add("  columns that the mapping does not use: " + String.join(", ", unused));
    }
    lines.add("details: " + folder);
    drop.ifPresent(
        folder ->
            lines.add(
                say(
                    "drop: %s (%,d files written, %,d already there and kept)",
                    folder, filesWritten, filesKept)));
    if (rejected > 0) {
      lines.add(
          "mend rejected.csv there and import it with the same mapping 「更正 rejected.csv 后用同一映射再次导入」");
    }
    lines.add(
        say(
            "%,d rows = %,d taken + %,d rejected + %,d left out 「行数 = 接收 + 拒收 + 排除」",
            rows, taken, rejected, leftOut));
    return lines;
  }

  @FormatMethod
  private static String say(@FormatString String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
