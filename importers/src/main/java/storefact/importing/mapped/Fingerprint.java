package storefact.importing.mapped;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * XXH64 of some texts, for sets that would not fit into memory as texts. Among ten million rows two
 * different ones share a fingerprint with a chance of about 3 in a million.
 */
final class Fingerprint {

  private static final XXHash64 HASH = XXHashFactory.fastestInstance().hash64();

  private Fingerprint() {}

  static long of(String... texts) {
    return of(List.of(texts));
  }

  static long of(List<String> texts) {
    byte[] bytes = String.join("\u0000", texts).getBytes(StandardCharsets.UTF_8);
    return HASH.hash(bytes, 0, bytes.length, 0);
  }
}
