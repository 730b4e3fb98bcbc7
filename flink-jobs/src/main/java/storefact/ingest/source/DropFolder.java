package storefact.ingest.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import storefact.ingest.reject.Rejects;

/** Finds the files of a drop folder that have not been taken yet. Used by one thread at a time. */
final class DropFolder {

  private static final Set<String> UNFINISHED = Set.of(".part", ".tmp", ".filepart");

  private final Path folder;
  private final FileLedger ledger;
  private final boolean waitForRest;
  private final Map<String, Long> sizesBefore = new HashMap<>();

  /** Sizes that the ledger had of files that came again, changed: an old row is not the new one. */
  private final Map<String, Long> takenBefore = new HashMap<>();

  DropFolder(Path folder, FileLedger ledger, Boundedness boundedness) {
    this.folder = folder;
    this.ledger = ledger;
    this.waitForRest = boundedness == Boundedness.CONTINUOUS_UNBOUNDED;
  }

  /**
   * One look at the folder.
   *
   * @param fresh files to take, in the order of their names, so that a month comes as one
   * @param taken those of the asked files that the ledger has by now
   */
  record Look(List<DropFile> fresh, Set<String> taken) {}

  /**
   * Looks at the folder.
   *
   * @param known files that are pending or handed out: not fresh, whatever the ledger says
   */
  Look look(Set<String> known) {
    Map<String, Long> present = list();
    Map<String, Long> taken = ledger.taken(present.keySet());
    List<DropFile> fresh = new ArrayList<>();
    present.forEach(
        (path, size) -> {
          if (known.contains(path) || size.equals(taken.get(path))) {
            return;
          }
          boolean rests = size.equals(sizesBefore.put(path, size));
          if (rests || !waitForRest) {
            fresh.add(DropFile.found(path, size));
          }
        });
    for (DropFile file : fresh) {
      sizesBefore.remove(file.path());
      if (taken.containsKey(file.path())) {
        takenBefore.put(file.path(), taken.get(file.path()));
      }
    }
    return new Look(withoutRepeats(fresh), takenSince(taken));
  }

  /** Asks the ledger only, for files that were handed out. */
  Look lookAfter(List<String> paths) {
    return new Look(List.of(), paths.isEmpty() ? Set.of() : takenSince(ledger.taken(paths)));
  }

  private Set<String> takenSince(Map<String, Long> taken) {
    Set<String> since = new HashSet<>();
    taken.forEach(
        (path, size) -> {
          if (!size.equals(takenBefore.get(path))) {
            since.add(path);
          }
        });
    return since;
  }

  /** Leaves out files whose content was taken, or is fresh too, under another name. */
  private List<DropFile> withoutRepeats(List<DropFile> fresh) {
    Map<Long, Integer> countBySize = new HashMap<>();
    fresh.forEach(file -> countBySize.merge(file.size(), 1, Integer::sum));
    Set<FileLedger.Content> seen =
        fresh.isEmpty() ? Set.of() : new HashSet<>(ledger.ofSizes(countBySize.keySet()));
    seen.forEach(content -> countBySize.merge(content.size(), 1, Integer::sum));
    List<DropFile> news = new ArrayList<>();
    for (DropFile file : fresh) {
      // What was rejected may be the whole of a file that was taken, and comes again as it was.
      if (file.path().startsWith(Rejects.FOLDER + "/")) {
        news.add(file);
        continue;
      }
      // Only files of one size can be equal: most files need not be read for this.
      if (countBySize.getOrDefault(file.size(), 0) < 2 || seen.add(content(file))) {
        news.add(file);
      }
    }
    return news;
  }

  private FileLedger.Content content(DropFile file) {
    try {
      return new FileLedger.Content(file.size(), DropFile.checksum(folder.resolve(file.path())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read drop file " + file.path(), e);
    }
  }

  private Map<String, Long> list() {
    Map<String, Long> sizes = new HashMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (isFinished(path)) {
          sizes.put(path, Files.size(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the drop folder " + folder, e);
    }
    return sizes;
  }

  private static boolean isFinished(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return !path.startsWith(".")
        && !path.contains("/.")
        && UNFINISHED.stream().noneMatch(name::endsWith);
  }
}
