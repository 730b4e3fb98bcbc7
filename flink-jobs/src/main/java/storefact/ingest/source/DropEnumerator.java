package storefact.ingest.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;
import storefact.event.Contract;
import storefact.event.Streams;

/**
 * Hands files to readers: master data first; facts once every store file that is there has been
 * committed, for a sale of an unknown store is rejected. Files of one name (one month, over all
 * stores) stay with one reader as long as there are enough, so that a day's lake files come from
 * one writer. Runs in the coordinator's thread.
 */
final class DropEnumerator implements SplitEnumerator<DropFile, DropProgress> {

  private static final int MOST_FILES_AT_ONCE = 32;
  private static final long ENOUGH_BYTES_AT_ONCE = 4L << 20;

  private final SplitEnumeratorContext<DropFile> context;
  private final DropFolder folder;
  private final Boundedness boundedness;
  private final Duration scanInterval;
  private final IngestProgress progress;

  private final TreeMap<String, Deque<DropFile>> pending =
      new TreeMap<>(Comparator.comparingInt(DropEnumerator::rank).thenComparing(name -> name));
  private final Map<String, DropFile> handedOut = new LinkedHashMap<>();
  private final Map<Integer, String> groupOfReader = new HashMap<>();
  private final Set<Integer> waiting = new HashSet<>();
  private boolean looked;

  DropEnumerator(
      SplitEnumeratorContext<DropFile> context,
      DropFolder folder,
      Boundedness boundedness,
      Duration scanInterval,
      DropProgress restored,
      IngestProgress progress) {
    this.context = context;
    this.folder = folder;
    this.boundedness = boundedness;
    this.scanInterval = scanInterval;
    this.progress = progress;
    restored.pending().forEach(this::add);
    progress.found(
        restored.pending().size(), restored.pending().stream().mapToLong(DropFile::size).sum());
    restored.handedOut().forEach(file -> handedOut.put(file.path(), file));
  }

  private static int rank(String fileName) {
    return Streams.ofFile(fileName)
        .map(
            contract ->
                switch (contract.nature()) {
                  case MASTER -> isStores(fileName) ? 0 : 1;
                  case FACT -> 2;
                })
        .orElse(2);
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean isStores(String fileName) {
    return Streams.ofFile(fileName)
        .map(Contract::stream)
        .filter(stream -> stream.equals("store"))
        .isPresent();
  }

  private void add(DropFile file) {
    pending.computeIfAbsent(file.name(), name -> new ArrayDeque<>()).add(file);
  }

  @Override
  public void start() {
    // Bounded runs look again, too: they wait for the commit of store files.
    context.callAsync(this::look, this::offer, 0, scanInterval.toMillis());
  }

  private DropFolder.Look look() {
    Set<String> known;
    synchronized (handedOut) {
      if (looked && boundedness == Boundedness.BOUNDED) {
        return folder.lookAfter(
            handedOut.keySet().stream().filter(path -> isStores(nameOf(path))).toList());
      }
      known = new HashSet<>(handedOut.keySet());
      pending.values().forEach(files -> files.forEach(file -> known.add(file.path())));
    }
    return folder.look(known);
  }

  private void offer(DropFolder.Look look, Throwable failure) {
    if (failure != null) {
      throw new FlinkRuntimeException("cannot look for dropped files", failure);
    }
    synchronized (handedOut) {
      look.taken().forEach(handedOut::remove);
      if (!looked || boundedness == Boundedness.CONTINUOUS_UNBOUNDED) {
        look.fresh().stream()
            .filter(file -> !isKnown(file))
            .forEach(
                file -> {
                  add(file);
                  progress.found(1, file.size());
                });
      }
      looked = true;
    }
    new ArrayList<>(waiting).forEach(this::serve);
  }

  private boolean isKnown(DropFile file) {
    Deque<DropFile> group = pending.get(file.name());
    return handedOut.containsKey(file.path())
        || (group != null && group.stream().anyMatch(f -> f.path().equals(file.path())));
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    waiting.add(subtask);
    serve(subtask);
  }

  private void serve(int subtask) {
    if (!looked || !context.registeredReaders().containsKey(subtask)) {
      return;
    }
    synchronized (handedOut) {
      List<DropFile> files = next(subtask);
      if (!files.isEmpty()) {
        waiting.remove(subtask);
        files.forEach(file -> handedOut.put(file.path(), file));
        context.assignSplits(new SplitsAssignment<>(Map.of(subtask, files)));
      } else if (pending.isEmpty() && boundedness == Boundedness.BOUNDED) {
        waiting.remove(subtask);
        context.signalNoMoreSplits(subtask);
      }
    }
  }

  private List<DropFile> next(int subtask) {
    String name = group(subtask);
    if (name == null) {
      return List.of();
    }
    Deque<DropFile> group = pending.get(name);
    int fair = Math.max(1, group.size() / (2 * context.currentParallelism()));
    List<DropFile> files = new ArrayList<>();
    long bytes = 0;
    while (!group.isEmpty()
        && files.size() < Math.min(fair, MOST_FILES_AT_ONCE)
        && bytes < ENOUGH_BYTES_AT_ONCE) {
      DropFile file = group.poll();
      bytes += file.size();
      files.add(file);
    }
    if (group.isEmpty()) {
      pending.remove(name);
    }
    return files;
  }

  /** The reader's own group, else one that nobody reads, else the last one to help with. */
  private String group(int subtask) {
    String own = groupOfReader.get(subtask);
    if (own != null && pending.containsKey(own)) {
      return own;
    }
    String last = null;
    boolean storesUncommitted = handedOut.values().stream().anyMatch(f -> isStores(f.name()));
    for (String name : pending.keySet()) {
      if (storesUncommitted && rank(name) == 2) {
        break;
      }
      last = name;
      if (!groupOfReader.containsValue(name)) {
        break;
      }
    }
    if (last != null) {
      groupOfReader.put(subtask, last);
    }
    return last;
  }

  @Override
  public void addSplitsBack(List<DropFile> files, int subtask) {
    synchronized (handedOut) {
      files.forEach(
          file -> {
            handedOut.remove(file.path());
            add(file);
          });
    }
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for files themselves.
  }

  @Override
  public DropProgress snapshotState(long checkpoint) {
    synchronized (handedOut) {
      List<DropFile> all = new ArrayList<>();
      pending.values().forEach(all::addAll);
      return new DropProgress(all, List.copyOf(handedOut.values()));
    }
  }

  @Override
  public void close() {}
}
