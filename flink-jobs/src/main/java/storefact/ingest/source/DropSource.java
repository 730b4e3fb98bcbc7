package storefact.ingest.source;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The files dropped per store, as batches of parsed lines. Each file is taken once: a ledger in the
 * warehouse remembers files across runs, the checkpoint within a run.
 *
 * <p>What it relies on:
 *
 * <ul>
 *   <li>A file appears whole under its name (written elsewhere or as a dot file, then renamed) and
 *       does not change afterwards. A file that is seen to grow is left until it rests.
 *   <li>The ledger's row of a file becomes visible only with or after the commit of the file's last
 *       line.
 *   <li>Lines of a file are counted, not bytes: a restored reader passes over the lines done.
 * </ul>
 */
public final class DropSource implements Source<Delivery, DropFile, DropProgress> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final Boundedness boundedness;
  private final Duration scanInterval;
  private final FileLedger ledger;
  private final StoreDirectory stores;
  private final String progressId;

  /**
   * Reads below a folder.
   *
   * @param boundedness bounded: what is there now; continuous: what will come, too
   * @param scanInterval how often to look for new files, and for the end of master data
   * @param progressId where to count, see {@link IngestProgress}
   */
  public DropSource(
      Path folder,
      Boundedness boundedness,
      Duration scanInterval,
      FileLedger ledger,
      StoreDirectory stores,
      String progressId) {
    this.folder = folder.toAbsolutePath().toString();
    this.boundedness = boundedness;
    this.scanInterval = scanInterval;
    this.ledger = ledger;
    this.stores = stores;
    this.progressId = progressId;
  }

  /** Whether a store's row is in the warehouse. */
  @FunctionalInterface
  public interface StoreDirectory extends Serializable {
    /** A test for one reader; called from one thread. */
    Predicate<String> open();
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public SplitEnumerator<DropFile, DropProgress> createEnumerator(
      SplitEnumeratorContext<DropFile> context) {
    return restoreEnumerator(context, new DropProgress(List.of(), List.of()));
  }

  @Override
  public SplitEnumerator<DropFile, DropProgress> restoreEnumerator(
      SplitEnumeratorContext<DropFile> context, DropProgress progress) {
    return new DropEnumerator(
        context,
        new DropFolder(Path.of(folder), ledger, boundedness),
        boundedness,
        scanInterval,
        progress,
        IngestProgress.of(progressId));
  }

  @Override
  public SimpleVersionedSerializer<DropFile> getSplitSerializer() {
    return new Serializers.OfFile();
  }

  @Override
  public SimpleVersionedSerializer<DropProgress> getEnumeratorCheckpointSerializer() {
    return new Serializers.OfProgress();
  }

  @Override
  public SourceReader<Delivery, DropFile> createReader(SourceReaderContext context) {
    // What a reader remembers outlives its fetcher threads, which come and go with the files.
    LineReader lines = new LineReader();
    RecentLines recent = new RecentLines();
    Predicate<String> storeKnown = stores.open();
    IngestProgress progress = IngestProgress.of(progressId);
    return new DropReader(
        () -> new DropSplitReader(Path.of(folder), storeKnown, lines, recent, progress), context);
  }
}
