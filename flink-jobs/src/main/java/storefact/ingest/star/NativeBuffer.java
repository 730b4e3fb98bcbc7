package storefact.ingest.star;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, with the little-endian writes of the Native format. */
final class NativeBuffer {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  NativeBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    ensure(Short.BYTES);
    SHORT.set(bytes, size, (short) value);
    size += Short.BYTES;
  }

  void putLong(long value) {
    ensure(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  void putVarint(int value) {
    ensure(5);
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putString(utf8, 0, utf8.length);
  }

  void putString(byte[] source, int from, int to) {
    putVarint(to - from);
    putBytes(source, from, to);
  }

  void putBytes(byte[] source, int from, int to) {
    int length = to - from;
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /** The lowest bytes of each number, so many wide. */
  void putNumbers(long[] numbers, int from, int to, int width) {
    ensure((to - from) * width);
    switch (width) {
      case 1 -> {
        for (int i = from; i < to; i++) {
          bytes[size++] = (byte) numbers[i];
        }
      }
      case 2 -> {
        for (int i = from; i < to; i++, size += 2) {
          SHORT.set(bytes, size, (short) numbers[i]);
        }
      }
      case 4 -> {
        for (int i = from; i < to; i++, size += 4) {
          INT.set(bytes, size, (int) numbers[i]);
        }
      }
      case 8 -> {
        for (int i = from; i < to; i++, size += 8) {
          LONG.set(bytes, size, numbers[i]);
        }
      }
      default -> throw new IllegalArgumentException("no number is " + width + " bytes wide");
    }
  }
}
