package storefact.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random events of any stream that follow its contract, edges of the ranges included. */
final class SampleEvents {

  private static final int SECONDS_PER_DAY = 86_400;
  private static final long MOST_INTEGER = 0xFFFF_FFFFL;
  private static final int MOST_INT = Integer.MAX_VALUE;
  private static final int MOST_DAYS = 0xFFFF;
  private static final long MOST_UNSCALED = 999_999_999_999_999_999L;
  private static final List<String> SYLLABLES =
      List.of(
          "a", "Z", "9", "_", "-", " ", "é", "门", "店", "上海", "𠮷", "😀", ",", "\"", "\\", "/", "'",
          ";");

  private final Random random;
  private boolean plain;

  SampleEvents(long seed) {
    random = new Random(seed);
  }

  /** So many random events in a batch. */
  EventBatch batch(Contract<?> contract, int rows) {
    EventBatch batch = new EventBatch(contract, 1);
    for (int row = 0; row < rows; row++) {
      plain = random.nextBoolean();
      for (Field field : contract.fields()) {
        if (field.required() || random.nextInt(3) > 0) {
          set(batch, field);
        }
      }
      for (Field field : contract.fields()) {
        field.near().ifPresent(near -> setNear(batch, field, contract.field(near.to())));
      }
      batch.endRow();
    }
    return batch;
  }

  <E extends Record & Event> List<E> events(Contract<E> contract, int count) {
    EventBatch batch = batch(contract, count);
    List<E> events = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      events.add(contract.read(batch, row));
    }
    return events;
  }

  private void set(EventBatch batch, Field field) {
    if (field.kind() == Kind.TEXT) {
      List<String> allowed = field.allowed();
      String chosen =
          allowed.isEmpty() ? text(field.maxLength()) : allowed.get(random.nextInt(allowed.size()));
      byte[] text = chosen.getBytes(StandardCharsets.UTF_8);
      batch.setText(field.ordinal(), text, 0, text.length);
    } else {
      batch.setNumber(field.ordinal(), number(batch, field));
    }
  }

  private void setNear(EventBatch batch, Field date, Field time) {
    long day = random.nextInt(30_000);
    batch.setNumber(date.ordinal(), day);
    batch.setNumber(time.ordinal(), day * SECONDS_PER_DAY + random.nextInt(SECONDS_PER_DAY));
  }

  private long number(EventBatch batch, Field field) {
    if (field.maximum().isPresent()) {
      return random.nextLong(field.minimum().orElseThrow(), field.maximum().get() + 1);
    }
    boolean edge = random.nextInt(10) == 0;
    return switch (field.kind()) {
      case INTEGER -> {
        // The record's component may be an int, which holds half of what the warehouse does.
        boolean isInt =
            batch.contract().type().getRecordComponents()[field.ordinal()].getType() == int.class;
        yield edge ? (isInt ? MOST_INT : MOST_INTEGER) : random.nextInt(1_000_000);
      }
      case DECIMAL -> {
        long magnitude = edge ? MOST_UNSCALED : random.nextLong(1L << (1 + random.nextInt(58)));
        yield field.minimum().isEmpty() && random.nextBoolean() ? -magnitude : magnitude;
      }
      case DATE ->
          field.historic() && random.nextBoolean()
              ? -random.nextInt(25_000)
              : edge ? MOST_DAYS : random.nextInt(MOST_DAYS);
      case TIME -> edge ? MOST_INTEGER : random.nextLong(MOST_INTEGER);
      case FLAG -> random.nextInt(2);
      case TEXT -> throw new AssertionError(field);
    };
  }

  private String text(int maxLength) {
    StringBuilder text = new StringBuilder("x");
    int most = random.nextInt(40);
    for (int i = 0; i < most; i++) {
      String next = SYLLABLES.get(random.nextInt(SYLLABLES.size()));
      if ((text + next).getBytes(StandardCharsets.UTF_8).length <= maxLength) {
        text.append(next);
      }
    }
    return plain ? "x" + random.nextInt(1_000) : text.toString();
  }
}
