package storefact.ingest.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import storefact.event.Contract;
import storefact.event.EventBatch;
import storefact.event.LineFormat;
import storefact.event.LineParser;
import storefact.event.Reason;
import storefact.event.Rejection;
import storefact.event.Streams;
import storefact.ingest.source.DeliveryReader.Portion;

/** Reads and parses files one after the other, a portion at a time, in the fetcher's thread. */
final class DropSplitReader implements SplitReader<Portion<DropFile>, DropFile> {

  /** Lines of a portion: few enough to keep memory small, enough to make each call worth it. */
  private static final int PORTION_LINES = 4096;

  private static final int SHORTEST_LINE = 80;
  private static final long PORTION_BYTES = 4L << 20;

  private final Path folder;
  private final Predicate<String> storeKnown;
  private final IngestProgress progress;
  private final Deque<DropFile> files = new ArrayDeque<>();
  private final LineReader lines;
  private final RecentLines recent;

  private DropFile file;
  private Contract<?> contract;
  private LineParser parser;
  private CountedInput input;
  private long line;
  private long counted;

  DropSplitReader(
      Path folder,
      Predicate<String> storeKnown,
      LineReader lines,
      RecentLines recent,
      IngestProgress progress) {
    this.folder = folder;
    this.storeKnown = storeKnown;
    this.lines = lines;
    this.recent = recent;
    this.progress = progress;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<DropFile> change) {
    files.addAll(change.splits());
  }

  @Override
  public RecordsWithSplitIds<Portion<DropFile>> fetch() throws IOException {
    RecordsBySplits.Builder<Portion<DropFile>> records = new RecordsBySplits.Builder<>();
    if (file == null) {
      file = files.poll();
      if (file == null) {
        return records.build();
      }
      open();
    }
    Portion<DropFile> portion = contract == null ? unknownStream() : portion();
    records.add(file.path(), portion);
    file = portion.after();
    if (portion.delivery().end().isPresent()) {
      records.addFinishedSplit(file.path());
      close();
    }
    return records.build();
  }

  private void open() throws IOException {
    line = 0;
    contract = Streams.ofFile(file.name()).orElse(null);
    Optional<LineFormat> format = LineFormat.ofFile(file.name());
    if (format.isEmpty()) {
      contract = null;
    }
    input = CountedInput.open(folder.resolve(file.path()));
    counted = 0;
    if (contract != null) {
      parser = LineParser.of(contract, format.get(), storeKnown);
      lines.open(input.content());
      passOver();
    }
  }

  /**
   * After a restore: the lines before the position are read again, for a CSV's header, not taken.
   */
  private void passOver() throws IOException {
    if (file.linesDone() == 0) {
      return;
    }
    EventBatch unused = new EventBatch(contract, 16);
    while (line < file.linesDone() && lines.next()) {
      line++;
      if (parser.awaitsHeader()) {
        parser.take(unused, lines.bytes(), lines.from(), lines.to(), line);
      }
    }
  }

  private Portion<DropFile> portion() throws IOException {
    EventBatch batch = new EventBatch(contract, expectedRows());
    long bytes = 0;
    long repeated = 0;
    boolean more = true;
    try {
      while (line - file.linesDone() < PORTION_LINES && bytes < PORTION_BYTES) {
        more = lines.next();
        if (!more) {
          break;
        }
        line++;
        bytes += lines.to() - lines.from();
        repeated += take(batch);
      }
    } catch (ZipException | EOFException e) {
      line++;
      batch.reject(
          new Rejection(Reason.BROKEN_GZIP, String.valueOf(e.getMessage()), new byte[0], line));
      more = false;
    }
    return handOn(batch, repeated, more);
  }

  /** Most files are small: a batch for a full portion would be mostly empty. */
  private int expectedRows() {
    long left = Math.max(0, file.size() - input.count()) + lines.buffered();
    long rows = input.isPacked() ? PORTION_LINES : 16 + left / SHORTEST_LINE;
    return (int) Math.min(PORTION_LINES, rows) + 1;
  }

  private int take(EventBatch batch) {
    byte[] bytes = lines.bytes();
    int from = lines.from();
    int to = lines.to();
    if (lines.isTooLong()) {
      parser.tooLong(batch, Arrays.copyOfRange(bytes, from, to), to - from, line);
      return 0;
    }
    return recent.leavesOut(parser, batch, bytes, from, to, line) ? 1 : 0;
  }

  private Portion<DropFile> handOn(EventBatch batch, long repeated, boolean more)
      throws IOException {
    int rejected = batch.rejections().size();
    DropFile after =
        new DropFile(
            file.path(),
            file.size(),
            line,
            file.accepted() + batch.size(),
            file.repeated() + repeated,
            file.rejected() + rejected);
    Optional<Delivery.FileEnd> end = more ? Optional.empty() : Optional.of(end(after));
    progress.lines(batch.size(), repeated, rejected);
    progress.read(input.count() - counted);
    counted = input.count();
    return new Portion<>(new Delivery(batch, file.path(), end), after);
  }

  private Delivery.FileEnd end(DropFile after) throws IOException {
    input.drain();
    progress.fileRead();
    return new Delivery.FileEnd(
        contract == null ? "" : contract.stream(),
        input.count(),
        input.checksum(),
        after.linesDone(),
        after.accepted(),
        after.repeated(),
        after.rejected(),
        Instant.now().getEpochSecond());
  }

  /** A file of no known stream or format is listed as one rejection, and not opened as lines. */
  private Portion<DropFile> unknownStream() throws IOException {
    line = 1;
    EventBatch batch = new EventBatch(Streams.ALL.getFirst(), 1);
    batch.reject(
        new Rejection(
            Reason.UNKNOWN_STREAM,
            "file name '"
                + file.name()
                + "' does not begin with a stream such as sales_line- or does not end in"
                + " .ndjson or .csv, .gz allowed",
            new byte[0],
            0));
    return handOn(batch, 0, false);
  }

  @Override
  public void wakeUp() {
    // fetch() never waits.
  }

  @Override
  public void close() throws IOException {
    file = null;
    parser = null;
    if (input != null) {
      input.close();
      input = null;
    }
  }
}
