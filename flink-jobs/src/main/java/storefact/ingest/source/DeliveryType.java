package storefact.ingest.source;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import storefact.event.EventBatch;

/**
 * Tells Flink how a {@link Delivery} crosses a network; within a chain it is handed on as it is.
 */
public final class DeliveryType extends TypeInformation<Delivery> {
  private static final long serialVersionUID = 1L;

  /** The one type. */
  public static final DeliveryType INSTANCE = new DeliveryType();

  private DeliveryType() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<Delivery> getTypeClass() {
    return Delivery.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<Delivery> createSerializer(SerializerConfig config) {
    return Serializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "Delivery";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeliveryType;
  }

  @Override
  public int hashCode() {
    return DeliveryType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof DeliveryType;
  }

  /** Deliveries are never changed after they were handed on: a copy is the thing itself. */
  static final class Serializer extends TypeSerializerSingleton<Delivery> {
    private static final long serialVersionUID = 1L;
    static final Serializer INSTANCE = new Serializer();

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public Delivery createInstance() {
      throw new IllegalStateException("a delivery cannot be empty");
    }

    @Override
    public Delivery copy(Delivery from) {
      return from;
    }

    @Override
    public Delivery copy(Delivery from, Delivery reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(Delivery delivery, DataOutputView out) throws IOException {
      delivery.batch().write(out);
      out.writeUTF(delivery.file());
      out.writeBoolean(delivery.end().isPresent());
      if (delivery.end().isPresent()) {
        Delivery.FileEnd end = delivery.end().get();
        out.writeUTF(end.stream());
        out.writeLong(end.size());
        out.writeLong(end.checksum());
        out.writeLong(end.lines());
        out.writeLong(end.accepted());
        out.writeLong(end.repeated());
        out.writeLong(end.rejected());
        out.writeLong(end.finishedAtSeconds());
      }
      out.writeBoolean(delivery.position().isPresent());
      if (delivery.position().isPresent()) {
        Delivery.TopicPosition position = delivery.position().get();
        out.writeUTF(position.group());
        out.writeUTF(position.topicId());
        out.writeUTF(position.topic());
        out.writeInt(position.partition());
        out.writeLong(position.nextOffset());
      }
    }

    @Override
    public Delivery deserialize(DataInputView in) throws IOException {
      return new Delivery(
          EventBatch.read(in),
          in.readUTF(),
          in.readBoolean() ? Optional.of(end(in)) : Optional.empty(),
          in.readBoolean() ? Optional.of(position(in)) : Optional.empty());
    }

    private static Delivery.FileEnd end(DataInputView in) throws IOException {
      return new Delivery.FileEnd(
          in.readUTF(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }

    private static Delivery.TopicPosition position(DataInputView in) throws IOException {
      return new Delivery.TopicPosition(
          in.readUTF(), in.readUTF(), in.readUTF(), in.readInt(), in.readLong());
    }

    @Override
    public Delivery deserialize(Delivery reuse, DataInputView in) throws IOException {
      return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
      serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<Delivery> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** The serializer has no settings. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Delivery> {
    /** For Flink. */
    public Snapshot() {
      super(() -> Serializer.INSTANCE);
    }
  }
}
