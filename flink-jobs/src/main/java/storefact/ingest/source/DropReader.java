package storefact.ingest.source;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** Reads files, and asks for more before the last one ends. */
final class DropReader extends DeliveryReader<DropFile> {
  private static final int FEW_FILES = 2;

  private boolean requested;

  DropReader(
      Supplier<SplitReader<Portion<DropFile>, DropFile>> splitReader, SourceReaderContext context) {
    super(splitReader, context);
  }

  @Override
  public void start() {
    requestFiles();
  }

  @Override
  protected void onSplitFinished(Map<String, Position<DropFile>> finished) {
    requestFiles();
  }

  @Override
  public void addSplits(List<DropFile> files) {
    requested = false;
    super.addSplits(files);
  }

  /** Asks before the last file is read: an idle reader would stop its thread and start another. */
  private void requestFiles() {
    if (!requested && getNumberOfCurrentlyAssignedSplits() <= FEW_FILES) {
      requested = true;
      context.sendSplitRequest();
    }
  }
}
