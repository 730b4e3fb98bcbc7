package storefact.importing.mapped;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import storefact.importing.mapped.ImportReport.Group;
import storefact.importing.mapped.ImportReport.Sample;
import storefact.importing.mapped.ImportReport.Verdict;

/**
 * The files of one import: what it found, and every row that was not taken. Spreadsheets open them,
 * and rejected rows can be imported again by the same mapping: a byte order mark tells the
 * encoding, delimiter and quote are the source's. Not thread-safe.
 */
final class ReportFolder implements Closeable {

  private static final int MOST_SAMPLES = 3;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final class Count {
    private final Cause why;
    private final Verdict verdict;
    private final List<Sample> samples = new ArrayList<>();
    private long rows;

    private Count(Verdict verdict, Cause why) {
      this.verdict = verdict;
      this.why = why;
    }
  }

  /** A file under a dot name until it is whole. */
  private static final class Rows implements Closeable {
    private final Path file;
    private final Path part;
    private final CsvWriter writer;
    private boolean finished;

    private Rows(Path file, char delimiter, char quote) throws IOException {
      this.file = file;
      this.part = file.resolveSibling("." + file.getFileName() + ".part");
      OutputStream out = Files.newOutputStream(part);
      out.write(BYTE_ORDER_MARK);
      this.writer =
          CsvWriter.builder()
              .fieldSeparator(delimiter)
              .quoteCharacter(quote)
              .build(out, StandardCharsets.UTF_8);
    }

    private void finish() throws IOException {
      writer.close();
      finished = true;
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      if (!finished) {
        finished = true;
        writer.close();
        Files.deleteIfExists(part);
      }
    }
  }

  private final Path folder;
  private final Header header;
  private final Rows rejected;
  private final Rows leftOut;
  private final Rows report;
  private final Map<String, Count> counts = new LinkedHashMap<>();
  private final List<List<String>> several = new ArrayList<>();

  ReportFolder(Path folder, SourceTable table) throws IOException {
    this.folder = Files.createDirectories(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      // Rows of member lists stand in it.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    this.header = table.header();
    this.rejected = new Rows(folder.resolve("rejected.csv"), table.delimiter(), table.quote());
    this.leftOut = new Rows(folder.resolve("left-out.csv"), table.delimiter(), table.quote());
    this.report = new Rows(folder.resolve("report.csv"), ',', '"');
    List<String> headings =
        new ArrayList<>(List.of(Header.ROW, Header.LINE, Header.REASON, Header.DETAIL));
    headings.addAll(own(header.headings()));
    rejected.writer.writeRecord(headings);
    leftOut.writer.writeRecord(headings);
  }

  Path path() {
    return folder;
  }

  /** The source's own cells, without those that an earlier import put before them. */
  private List<String> own(List<String> cells) {
    if (!header.isRejects()) {
      return cells;
    }
    List<String> own = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (i >= header.size() || !header.headings().get(i).startsWith("storefact_")) {
        own.add(cells.get(i));
      }
    }
    return own;
  }

  /** Keeps a row that was not taken. */
  void refused(SourceRow row, String lineNumber, RefusedRowException refused) {
    Verdict verdict = refused.isLeftOut() ? Verdict.LEFT_OUT : Verdict.REJECTED;
    List<String> record =
        new ArrayList<>(
            List.of(
                Long.toString(row.number()),
                lineNumber,
                refused.why().code(),
                refused.getMessage()));
    record.addAll(own(row.cells()));
    (refused.isLeftOut() ? leftOut : rejected).writer.writeRecord(record);
    count(verdict, refused.why(), row, refused.getMessage());
  }

  /** Notes what is odd about a row that was taken. */
  void odd(SourceRow row, Finding finding, String detail) {
    count(Verdict.ODD, Cause.of(finding), row, detail);
  }

  /** Notes an oddity of no single row. */
  void odd(Finding finding, String detail) {
    count(Verdict.ODD, Cause.of(finding), new SourceRow(0, List.of()), detail);
  }

  private void count(Verdict verdict, Cause why, SourceRow row, String detail) {
    // Exclusions share a code; their words tell them apart.
    Count count =
        counts.computeIfAbsent(verdict + why.code() + why.en(), key -> new Count(verdict, why));
    count.rows++;
    if (count.samples.size() < MOST_SAMPLES) {
      count.samples.add(new Sample(row.number(), String.join(" | ", own(row.cells())), detail));
    }
  }

  /** Notes the values of a key that came with several. */
  void several(String stream, GatheredData.Several keys) {
    odd(
        Finding.SEVERAL_VALUES,
        stream
            + " "
            + keys.key()
            + ": "
            + keys.field()
            + " is '"
            + keys.taken()
            + "' of "
            + keys.counts().size()
            + " values");
    for (Map.Entry<String, Long> value : keys.counts().entrySet()) {
      several.add(
          List.of(
              "value",
              stream,
              value.getKey().equals(keys.taken()) ? "kept" : "not kept",
              Long.toString(value.getValue()),
              "",
              value.getKey(),
              keys.key() + ": " + keys.field(),
              "",
              ""));
    }
  }

  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      counts.values().stream()
          .filter(count -> count.verdict == verdict)
          .map(
              count ->
                  new Group(
                      verdict,
                      count.why.code(),
                      count.why.en(),
                      count.why.zh(),
                      count.why.whyEn(),
                      count.why.whyZh(),
                      count.rows,
                      List.copyOf(count.samples)))
          .forEach(groups::add);
    }
    return groups;
  }

  /** Writes the report and shows all files. */
  void finish(ImportReport done) throws IOException {
    CsvWriter out = report.writer;
    out.writeRecord(
        "section",
        "stream",
        "code",
        "count",
        "row",
        "values",
        "detail",
        "explanation_en",
        "explanation_zh");
    out.writeRecord("rows", "", "ROWS", Long.toString(done.rows()), "", "", "", "", "");
    out.writeRecord("rows", "", "TAKEN", Long.toString(done.taken()), "", "", "", "", "");
    out.writeRecord("rows", "", "REJECTED", Long.toString(done.rejected()), "", "", "", "", "");
    out.writeRecord("rows", "", "LEFT_OUT", Long.toString(done.leftOut()), "", "", "", "", "");
    done.events()
        .forEach(
            (stream, count) ->
                out.writeRecord("events", stream, "", Long.toString(count), "", "", "", "", ""));
    for (Group group : done.groups()) {
      String section = group.verdict().text("en");
      out.writeRecord(
          section,
          "",
          group.code(),
          Long.toString(group.count()),
          "",
          "",
          group.en() + " | " + group.zh(),
          group.whyEn(),
          group.whyZh());
      for (Sample sample : group.samples()) {
        out.writeRecord(
            "sample",
            "",
            group.code(),
            "",
            sample.row() == 0 ? "" : Long.toString(sample.row()),
            sample.raw(),
            sample.detail(),
            "",
            "");
      }
    }
    for (Iterator<List<String>> rows = several.iterator(); rows.hasNext(); ) {
      out.writeRecord(rows.next());
    }
    rejected.finish();
    leftOut.finish();
    report.finish();
  }

  @Override
  public void close() throws IOException {
    try (rejected;
        leftOut;
        report) {
      // Closing the three is all; what was finished has no part any more.
    }
  }
}
