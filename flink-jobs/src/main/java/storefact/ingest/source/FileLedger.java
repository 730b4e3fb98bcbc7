package storefact.ingest.source;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Which drop files have been taken to their end, by earlier runs too. */
public interface FileLedger extends Serializable {

  /** Sizes of those of the files that have been taken, by path. */
  Map<String, Long> taken(Collection<String> paths);

  /** Contents of those sizes that have been taken under whatever name. */
  Set<Content> ofSizes(Collection<Long> sizes);

  /** What a file held: equal contents are one delivery, whatever they are called. */
  record Content(long size, long checksum) implements Serializable {}
}
