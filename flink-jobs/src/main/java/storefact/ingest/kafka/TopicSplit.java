package storefact.ingest.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition of a topic and how far it has come.
 *
 * @param nextOffset of the first record that was not handed on
 */
record TopicSplit(String topic, String topicId, int partition, long nextOffset)
    implements SourceSplit {

  @Override
  public String splitId() {
    return topicId + "/" + partition;
  }

  TopicPartition place() {
    return new TopicPartition(topic, partition);
  }

  OffsetLedger.Partition ledgerKey() {
    return new OffsetLedger.Partition(topicId, partition);
  }

  TopicSplit at(long offset) {
    return new TopicSplit(topic, topicId, partition, offset);
  }

  /** Version 1. */
  static final class Serializer implements SimpleVersionedSerializer<TopicSplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(TopicSplit split) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(split.topic);
      out.writeUTF(split.topicId);
      out.writeInt(split.partition);
      out.writeLong(split.nextOffset);
      return bytes.toByteArray();
    }

    @Override
    public TopicSplit deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      return new TopicSplit(in.readUTF(), in.readUTF(), in.readInt(), in.readLong());
    }
  }
}
