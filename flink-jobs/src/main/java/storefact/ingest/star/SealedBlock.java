package storefact.ingest.star;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A block that waits for its checkpoint: the committable of {@link StarSink}.
 *
 * @param insert the INSERT statement
 * @param token names the block's content: given once, to one block, and never again
 * @param rows rows in the block
 * @param body the block in Native format, LZ4 frame
 */
record SealedBlock(String insert, String token, int rows, byte[] body) {

  /** Version 1. */
  static final class Serializer implements SimpleVersionedSerializer<SealedBlock> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(SealedBlock block) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(block.body.length + 256);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(block.insert);
      out.writeUTF(block.token);
      out.writeInt(block.rows);
      out.writeInt(block.body.length);
      out.write(block.body);
      return bytes.toByteArray();
    }

    @Override
    public SealedBlock deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      String insert = in.readUTF();
      String token = in.readUTF();
      int rows = in.readInt();
      byte[] body = new byte[in.readInt()];
      in.readFully(body);
      return new SealedBlock(insert, token, rows, body);
    }
  }
}
