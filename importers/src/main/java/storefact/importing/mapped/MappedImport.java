package storefact.importing.mapped;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.Field;
import storefact.event.ReturnLine;
import storefact.event.SalesLine;
import storefact.event.Stream;
import storefact.event.Streams;
import storefact.importing.mapped.ImportStep.Phase;

/**
 * Imports a table (.csv, .tsv, .csv.gz, .xlsx) by a {@link Mapping}: its rows become drop files of
 * one or several streams. Every row is taken, rejected with a reason, or left out with a reason,
 * and what was not taken is kept in a file beside the drop.
 *
 * <p>Memory is bounded by the distinct master data and by what finds repeated rows and the sales of
 * returns, not by the rows: about 16 bytes a row. The same file and mapping give the same drop
 * files, so that running it again changes nothing.
 */
public final class MappedImport {

  private static final int ROWS_BETWEEN_STEPS = 5_000;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_NAME = 60;
  private static final int DIGEST_LETTERS = 12;

  private final Path source;
  private final Mapping mapping;
  private final Path drop;
  private final boolean dryRun;

  /**
   * An import that has yet to be run.
   *
   * @param source the table
   * @param drop gets the files, in a folder named by the mapping; made where it is missing
   * @param dryRun whether to write the report only
   */
  public MappedImport(Path source, Mapping mapping, Path drop, boolean dryRun) {
    this.source = source;
    this.mapping = mapping;
    this.drop = drop.toAbsolutePath().normalize();
    this.dryRun = dryRun;
  }

  /**
   * Reads, checks and drops.
   *
   * @param progress is told how far it is, always by the calling thread
   * @throws MappingException if the mapping does not fit the file
   * @throws IOException if a file cannot be read or written
   * @throws InterruptedException if interrupted; nothing is dropped then
   */
  public ImportReport run(Consumer<ImportStep> progress) throws IOException, InterruptedException {
    Originals originals =
        new Originals(mapping.lines().map(lines -> lines.returns().most()).orElse(1));
    // Opened first: a wrong path or column is told at once.
    try (SourceTable table = SourceTable.open(source, mapping)) {
      new Pass(table, originals);
    }
    String name = fileName();
    if (mapping.lines().isPresent() && mapping.lines().get().returns().findOriginal()) {
      look(originals, progress);
    }
    Path folder = drop.resolveSibling("imports").resolve(name);
    try (SourceTable table = SourceTable.open(source, mapping);
        ReportFolder report = new ReportFolder(folder, table)) {
      Pass pass = new Pass(table, originals);
      try (Sinks sinks = new Sinks(report, name, pass)) {
        read(table, Phase.READ, progress, sinks::take);
        return sinks.finish(table.header(), progress);
      }
    }
  }

  private interface RowSink {
    void take(SourceRow row) throws IOException;
  }

  private static void read(
      SourceTable table, Phase phase, Consumer<ImportStep> progress, RowSink sink)
      throws IOException, InterruptedException {
    long rows = 0;
    for (Optional<SourceRow> row = table.next(); row.isPresent(); row = table.next()) {
      sink.take(row.get());
      if (++rows % ROWS_BETWEEN_STEPS == 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the import of " + rows + " rows was interrupted");
        }
        progress.accept(new ImportStep(phase, rows, table.position(), table.length()));
      }
    }
  }

  private void look(Originals originals, Consumer<ImportStep> progress)
      throws IOException, InterruptedException {
    try (SourceTable table = SourceTable.open(source, mapping)) {
      Pass pass = new Pass(table, originals);
      read(
          table,
          Phase.LOOK,
          progress,
          row -> pass.lines.orElseThrow().returnKey(row.cells()).ifPresent(originals::want));
    }
  }

  /** Names the files by the source's name and by what it and the mapping hold. */
  private String fileName() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    digest.update(mapping.text());
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(source)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    String base =
        plain(
            String.valueOf(source.getFileName())
                .replaceAll("(?i)(\\.(csv|tsv|txt|xlsx|xlsm))?(\\.gz)?$", ""));
    return base + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LETTERS);
  }

  private static String plain(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}_-]+", "-");
    return plain.length() > MOST_NAME ? plain.substring(0, MOST_NAME) : plain;
  }

  /** The mapping bound to one reading of the source. */
  private final class Pass {
    private final Originals originals;
    private final List<RowCondition> exclusions = new ArrayList<>();
    private final Optional<ReceiptLines> lines;
    private final Map<Contract<?>, Map<String, Value>> rows = new LinkedHashMap<>();
    private final List<GatheredData> gathered = new ArrayList<>();
    private final Header header;

    private Pass(SourceTable table, Originals originals) throws MappingException {
      this.originals = originals;
      this.header = table.header();
      for (Mapping.Exclusion exclusion : mapping.exclusions()) {
        exclusions.add(new RowCondition(exclusion.when(), header));
      }
      this.lines =
          mapping.lines().isPresent()
              ? Optional.of(new ReceiptLines(mapping.lines().get(), mapping, header))
              : Optional.empty();
      for (Map.Entry<Contract<?>, Map<String, FieldRule>> stream : mapping.rows().entrySet()) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, FieldRule> rule : stream.getValue().entrySet()) {
          Field field = stream.getKey().field(rule.getKey());
          values.put(rule.getKey(), new Value(rule.getValue(), field, header, mapping));
        }
        rows.put(stream.getKey(), values);
      }
      Mapping.Services services =
          mapping
              .lines()
              .map(Mapping.Lines::services)
              .orElseGet(
                  () ->
                      new Mapping.Services(
                          Map.of(), Optional.empty(), Mapping.Rule.TAKE, Map.of()));
      for (Map.Entry<Contract<?>, Map<String, FieldRule>> stream : mapping.gathered().entrySet()) {
        gathered.add(
            new GatheredData(stream.getKey(), stream.getValue(), services, mapping, header));
      }
      Set<Integer> days = new HashSet<>();
      lines.ifPresent(all -> all.addDateColumns(days));
      rows.values().forEach(all -> all.values().forEach(value -> value.addDateColumns(days)));
      gathered.forEach(all -> all.addDateColumns(days));
      table.dateColumns(days);
    }

    private void requireWanted(SourceRow row) throws RefusedRowException {
      if (row.isBlank()) {
        throw RefusedRowException.leftOut(Cause.of(Finding.BLANK_ROW), "blank");
      }
      if (!header.fits(row.cells())) {
        throw RefusedRowException.rejected(
            Finding.BROKEN_ROW,
            "the row has " + row.cells().size() + " values, the header " + header.size());
      }
      for (String cell : row.cells()) {
        if (cell.indexOf('\ufffd') >= 0) {
          throw RefusedRowException.rejected(
              Finding.UNDECODABLE, "'" + Value.shown(cell) + "' is not in the encoding");
        }
      }
      for (int i = 0; i < exclusions.size(); i++) {
        if (exclusions.get(i).matches(row.cells())) {
          Mapping.Exclusion exclusion = mapping.exclusions().get(i);
          throw RefusedRowException.leftOut(Cause.of(exclusion), exclusion.when().path());
        }
      }
    }
  }

  /** Where rows go: drop files, spooled returns, the report. */
  private final class Sinks implements Closeable {
    private final ReportFolder report;
    private final Pass pass;
    private final Map<String, StreamFile<?>> files = new LinkedHashMap<>();
    private final Map<String, LongOpenHashSet> keys = new HashMap<>();
    private final Findings findings = new Findings();
    private final Path spoolFile;
    private final DataOutputStream spool;
    private long rows;
    private long taken;
    private long rejected;
    private long leftOut;
    private long late;

    private Sinks(ReportFolder report, String name, Pass pass) throws IOException {
      this.report = report;
      this.pass = pass;
      // Master data first: a watching ingest would reject the lines of a store it does not know.
      for (Stream.Nature nature : Stream.Nature.values()) {
        for (Contract<?> contract : Streams.ALL) {
          if (contract.nature() == nature && writes(contract)) {
            files.put(contract.stream(), file(contract, name));
          }
        }
      }
      this.spoolFile = report.path().resolve(".returns.part");
      this.spool =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(spoolFile), BUFFER_BYTES));
    }

    private boolean writes(Contract<?> contract) {
      boolean line = contract.type() == SalesLine.class || contract.type() == ReturnLine.class;
      return mapping.rows().containsKey(contract)
          || mapping.gathered().containsKey(contract)
          || (line && mapping.lines().isPresent());
    }

    private <E extends Record & Event> StreamFile<E> file(Contract<E> contract, String name) {
      return new StreamFile<>(
          contract,
          dryRun
              ? Optional.empty()
              : Optional.of(folder().resolve(StreamFile.name(contract.stream(), name))));
    }

    private Path folder() {
      return drop.resolve(plain(mapping.name().orElse("import")));
    }

    private void take(SourceRow row) throws IOException {
      rows++;
      findings.clear();
      String number = pass.lines.isPresent() ? pass.lines.get().lineNumber(row) : "";
      try {
        pass.requireWanted(row);
        Optional<ReceiptLines.Line> line = Optional.empty();
        if (pass.lines.isPresent()) {
          line = Optional.of(pass.lines.get().read(row, number, findings));
          lineFile(line.get()).check(line.get().texts());
        }
        for (Map.Entry<Contract<?>, Map<String, Value>> stream : pass.rows.entrySet()) {
          check(stream.getKey(), stream.getValue(), row);
        }
        if (line.isPresent()) {
          pass.lines.get().requireNewKey(line.get());
          write(line.get(), row);
        }
        for (Contract<?> contract : pass.rows.keySet()) {
          files.get(contract.stream()).write();
        }
        for (GatheredData data : pass.gathered) {
          data.add(row.cells(), findings);
        }
        for (Findings.Odd odd : findings.odds()) {
          report.odd(row, odd.finding(), odd.detail());
        }
        taken++;
      } catch (RefusedRowException e) {
        report.refused(row, number, e);
        if (e.isLeftOut()) {
          leftOut++;
        } else {
          rejected++;
        }
      }
    }

    private StreamFile<?> lineFile(ReceiptLines.Line line) {
      return files.get(line.isReturn() ? "return_line" : "sales_line");
    }

    private void check(Contract<?> contract, Map<String, Value> values, SourceRow row)
        throws RefusedRowException {
      Map<String, String> texts = new HashMap<>();
      List<String> key = new ArrayList<>();
      for (Map.Entry<String, Value> pair : values.entrySet()) {
        String text = pair.getValue().text(row.cells(), findings);
        texts.put(pair.getKey(), text);
        if (pair.getValue().field().key()) {
          key.add(text);
        }
      }
      files.get(contract.stream()).check(texts);
      LongOpenHashSet seen =
          keys.computeIfAbsent(contract.stream(), stream -> new LongOpenHashSet());
      LongOpenHashSet rowsSeen =
          keys.computeIfAbsent(contract.stream() + " rows", stream -> new LongOpenHashSet());
      boolean repeated = !rowsSeen.add(Fingerprint.of(row.cells()));
      if (repeated) {
        throw RefusedRowException.leftOut(
            Cause.of(Finding.REPEATED_ROW), "the same row stands before");
      }
      if (!seen.add(Fingerprint.of(key))) {
        throw RefusedRowException.rejected(
            Finding.REPEATED_KEY,
            contract.stream() + " " + String.join(" ", key) + " stands in an earlier row");
      }
    }

    private void write(ReceiptLines.Line line, SourceRow row) throws IOException {
      if (line.isReturn()) {
        spool(line, row);
        return;
      }
      lineFile(line).write();
      OptionalLong key = line.originalKey();
      if (key.isPresent()
          && pass.originals.isWanted(key.getAsLong())
          && !pass.originals.keep(key.getAsLong(), line.texts(), line.at(), line.quantity())) {
        findings.odd(Finding.ORIGINALS_LIMIT, "receipt " + line.texts().get("receipt"));
      }
    }

    /** Returns wait: their sale may stand further down in the file. */
    private void spool(ReceiptLines.Line line, SourceRow row) throws IOException {
      spool.writeLong(row.number());
      spool.writeBoolean(line.originalKey().isPresent());
      spool.writeLong(line.originalKey().orElse(0));
      spool.writeLong(line.at().getEpochSecond());
      spool.writeUTF(line.quantity().toPlainString());
      spool.writeInt(line.texts().size());
      for (Map.Entry<String, String> text : line.texts().entrySet()) {
        spool.writeUTF(text.getKey());
        spool.writeUTF(text.getValue());
      }
    }

    private void told(Consumer<ImportStep> progress) {
      if (++late % ROWS_BETWEEN_STEPS == 0) {
        progress.accept(new ImportStep(Phase.WRITE, late, 0, 0));
      }
    }

    private void returns(Consumer<ImportStep> progress) throws IOException {
      spool.close();
      StreamFile<?> file = files.get("return_line");
      if (file == null) {
        return;
      }
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(Files.newInputStream(spoolFile), BUFFER_BYTES))) {
        while (true) {
          long row;
          try {
            row = in.readLong();
          } catch (EOFException e) {
            break;
          }
          boolean searched = in.readBoolean();
          long key = in.readLong();
          Instant at = Instant.ofEpochSecond(in.readLong());
          BigDecimal quantity = new BigDecimal(in.readUTF());
          Map<String, String> texts = new HashMap<>();
          for (int left = in.readInt(); left > 0; left--) {
            texts.put(in.readUTF(), in.readUTF());
          }
          Optional<Map<String, String>> original =
              searched ? pass.originals.take(key, at, quantity) : Optional.empty();
          original.ifPresent(texts::putAll);
          boolean known = !texts.getOrDefault("original_receipt", "").isEmpty();
          report.odd(
              new SourceRow(row, List.of(texts.get("receipt"), texts.get("goods"))),
              known ? Finding.ORIGINAL_FOUND : Finding.ORIGINAL_UNKNOWN,
              known
                  ? "sold on receipt " + texts.get("original_receipt")
                  : "quantity " + quantity.toPlainString());
          file.check(texts);
          file.write();
          told(progress);
        }
      } catch (RefusedRowException e) {
        throw new IllegalStateException("a return that was checked is refused", e);
      }
    }

    private void gatheredData(Consumer<ImportStep> progress) throws IOException {
      for (GatheredData data : pass.gathered) {
        StreamFile<?> file = files.get(data.contract().stream());
        for (Map<String, String> event : data.events()) {
          told(progress);
          Map<String, String> texts = new HashMap<>(event);
          if (pass.header.isRejects()) {
            // A few mended rows know less than the whole file did: what it told stays.
            texts.put("version", "0");
          }
          try {
            file.check(texts);
            file.write();
          } catch (RefusedRowException e) {
            report.odd(Finding.MASTER_REFUSED, data.contract().stream() + ": " + e.getMessage());
            writeBare(file, data.bare(texts));
          }
        }
        for (GatheredData.Several several : data.several()) {
          report.several(data.contract().stream(), several);
        }
      }
    }

    private void writeBare(StreamFile<?> file, Map<String, String> bare) throws IOException {
      try {
        file.check(bare);
        file.write();
      } catch (RefusedRowException e) {
        // Not even the key will do; it was said above that the master data lack.
      }
    }

    private ImportReport finish(Header header, Consumer<ImportStep> progress) throws IOException {
      returns(progress);
      gatheredData(progress);
      if (rows != taken + rejected + leftOut) {
        throw new IllegalStateException(
            rows
                + " rows, but "
                + taken
                + " taken, "
                + rejected
                + " rejected, "
                + leftOut
                + " left out");
      }
      Map<String, Long> events = new LinkedHashMap<>();
      for (StreamFile<?> file : files.values()) {
        file.end();
        events.put(file.contract().stream(), file.written());
      }
      // The report first: if it cannot be written, nothing is dropped that nobody is told of.
      int fresh = 0;
      ImportReport done = report(header, events, fresh, 0);
      report.finish(done);
      int all = 0;
      for (StreamFile<?> file : files.values()) {
        if (!dryRun && file.written() > 0) {
          all++;
          fresh += file.finish() ? 1 : 0;
        }
      }
      return report(header, events, fresh, all - fresh);
    }

    private ImportReport report(Header header, Map<String, Long> events, int written, int kept) {
      return new ImportReport(
          source,
          rows,
          taken,
          rejected,
          leftOut,
          events,
          report.groups(),
          header.unused(),
          report.path(),
          dryRun ? Optional.empty() : Optional.of(folder()),
          written,
          kept);
    }

    @Override
    public void close() throws IOException {
      spool.close();
      Files.deleteIfExists(spoolFile);
      files.values().forEach(StreamFile::close);
    }
  }
}
