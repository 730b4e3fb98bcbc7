package storefact.ingest.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Checkpoint forms of splits and of the enumerator's state. */
final class Serializers {

  private Serializers() {}

  /** Version 1: path, size, four counters. */
  static final class OfFile implements SimpleVersionedSerializer<DropFile> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(DropFile file) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(new DataOutputStream(bytes), file);
      return bytes.toByteArray();
    }

    @Override
    public DropFile deserialize(int version, byte[] serialized) throws IOException {
      return read(new DataInputStream(new ByteArrayInputStream(serialized)));
    }
  }

  /** Version 1: pending files, then files that were handed to a reader. */
  static final class OfProgress implements SimpleVersionedSerializer<DropProgress> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(DropProgress progress) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      writeAll(out, progress.pending());
      writeAll(out, progress.handedOut());
      return bytes.toByteArray();
    }

    @Override
    public DropProgress deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      return new DropProgress(readAll(in), readAll(in));
    }
  }

  private static void writeAll(DataOutputStream out, List<DropFile> files) throws IOException {
    out.writeInt(files.size());
    for (DropFile file : files) {
      write(out, file);
    }
  }

  private static List<DropFile> readAll(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<DropFile> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      files.add(read(in));
    }
    return files;
  }

  private static void write(DataOutputStream out, DropFile file) throws IOException {
    out.writeUTF(file.path());
    out.writeLong(file.size());
    out.writeLong(file.linesDone());
    out.writeLong(file.accepted());
    out.writeLong(file.repeated());
    out.writeLong(file.rejected());
  }

  private static DropFile read(DataInputStream in) throws IOException {
    return new DropFile(
        in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
