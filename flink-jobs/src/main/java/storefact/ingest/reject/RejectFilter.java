package storefact.ingest.reject;

import static storefact.warehouse.jooq.ops.Tables.REJECT;

import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Which rejected lines are meant; all conditions hold at once.
 *
 * @param ids these only; all where empty
 * @param reason this reason code only
 * @param stream this stream only
 * @param file files whose path begins so, for example a store's folder
 * @param open only those that were not offered again
 */
public record RejectFilter(
    List<String> ids,
    Optional<String> reason,
    Optional<String> stream,
    Optional<String> file,
    boolean open) {

  /** Every line that is still open. */
  public static RejectFilter allOpen() {
    return ofIds(List.of(), true);
  }

  /** Lines by their ids alone; all where there are none. */
  static RejectFilter ofIds(List<String> ids, boolean open) {
    return new RejectFilter(ids, Optional.empty(), Optional.empty(), Optional.empty(), open);
  }

  Condition condition() {
    Condition condition = DSL.noCondition();
    if (!ids.isEmpty()) {
      condition = condition.and(REJECT.ID.in(ids));
    }
    if (reason.isPresent()) {
      condition = condition.and(REJECT.REASON.equalIgnoreCase(reason.get()));
    }
    if (stream.isPresent()) {
      condition = condition.and(REJECT.STREAM.eq(stream.get()));
    }
    if (file.isPresent()) {
      condition = condition.and(REJECT.FILE.startsWith(file.get()));
    }
    return open ? condition.and(REJECT.REPAIRED_AT.isNull()) : condition;
  }
}
