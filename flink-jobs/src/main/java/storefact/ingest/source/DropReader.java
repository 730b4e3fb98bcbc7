package storefact.ingest.source;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** A subtask's reader: parses in the fetcher's thread, hands on in the task's. */
final class DropReader
    extends SingleThreadMultiplexSourceReaderBase<
        DropReader.Portion, Delivery, DropFile, DropReader.Position> {

  /** A delivery and how far its file has come with it. */
  record Portion(Delivery delivery, DropFile after) {}

  /** Where a file stands; advances as portions are handed on, not as they are read. */
  static final class Position {
    private DropFile file;

    Position(DropFile file) {
      this.file = file;
    }
  }

  private static final int FEW_FILES = 2;

  private boolean requested;

  DropReader(Supplier<SplitReader<Portion, DropFile>> splitReader, SourceReaderContext context) {
    super(splitReader, new Emitter(), context.getConfiguration(), context);
  }

  private static final class Emitter implements RecordEmitter<Portion, Delivery, Position> {
    @Override
    public void emitRecord(Portion portion, SourceOutput<Delivery> output, Position position) {
      output.collect(portion.delivery());
      position.file = portion.after();
    }
  }

  @Override
  public void start() {
    requestFiles();
  }

  @Override
  protected void onSplitFinished(Map<String, Position> finished) {
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

  @Override
  protected Position initializedState(DropFile file) {
    return new Position(file);
  }

  @Override
  protected DropFile toSplitType(String path, Position position) {
    return position.file;
  }
}
