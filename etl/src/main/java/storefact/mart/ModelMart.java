package storefact.mart;

import java.util.List;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;

/**
 * A mart whose rows a model in Java computes: sums and windows stay in ClickHouse, likelihoods and
 * forecasts run here over what a compact select gives. The columns' expressions say where a column
 * comes from, for lineage; the rows are the model's.
 *
 * <p>The same input gives the same rows, whatever the number of threads. A changed model builds its
 * marts anew: the bytes of {@link #codeOf()} are a part of the mart's definition.
 */
public abstract class ModelMart extends Mart {

  /** As {@link Mart#Mart(String, String, String)}. */
  protected ModelMart(String name, String english, String chinese) {
    super(name, english, chinese);
  }

  /** What the model reads, one row per case; narrow it as a mart's select. */
  protected abstract Select<?> input(Slice slice);

  /** The tables that the columns' expressions name; only lineage asks. */
  protected abstract List<Table<?>> described();

  /**
   * Computes the rows of a slice.
   *
   * @param input rows of {@link #input(Slice)}, read as they come; in no order unless it has one
   * @param rows takes the rows of the mart
   */
  protected abstract void compute(Stream<? extends Record> input, RowWriter rows);

  /** The classes whose code decides what comes out, the mart's own beside them, with all nested. */
  protected List<Class<?>> codeOf() {
    return List.of();
  }

  @Override
  protected final Select<?> select(Slice slice) {
    return input(slice);
  }

  /** Takes the rows of a mart. Not thread-safe. */
  public interface RowWriter {
    /**
     * A row.
     *
     * @param values one per column, in the order of the columns
     * @throws IllegalArgumentException if their number is wrong
     */
    void row(Object... values);
  }
}
