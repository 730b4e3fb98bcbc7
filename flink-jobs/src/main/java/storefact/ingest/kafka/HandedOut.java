package storefact.ingest.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The enumerator's state. Partitions that were not handed out are found again.
 *
 * @param splitIds of partitions whose position stands in a reader's state
 * @param storeEnds by split id, offsets up to which stores have to be committed before facts are
 *     handed out
 */
record HandedOut(Set<String> splitIds, Map<String, Long> storeEnds) {

  /** Version 1. */
  static final class Serializer implements SimpleVersionedSerializer<HandedOut> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(HandedOut handedOut) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(handedOut.splitIds.size());
      for (String id : handedOut.splitIds) {
        out.writeUTF(id);
      }
      out.writeInt(handedOut.storeEnds.size());
      for (Map.Entry<String, Long> end : handedOut.storeEnds.entrySet()) {
        out.writeUTF(end.getKey());
        out.writeLong(end.getValue());
      }
      return bytes.toByteArray();
    }

    @Override
    public HandedOut deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      int count = in.readInt();
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < count; i++) {
        ids.add(in.readUTF());
      }
      int ends = in.readInt();
      Map<String, Long> storeEnds = new HashMap<>();
      for (int i = 0; i < ends; i++) {
        storeEnds.put(in.readUTF(), in.readLong());
      }
      return new HandedOut(ids, storeEnds);
    }
  }
}
