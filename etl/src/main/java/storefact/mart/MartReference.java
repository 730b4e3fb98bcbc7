package storefact.mart;

import org.jooq.impl.CustomTable;
import org.jooq.impl.DSL;
import org.jooq.impl.TableRecordImpl;

/**
 * The table of a mart as jOOQ knows it: with a schema of its own, so that a select can be rendered
 * for another room (an environment, the tables of a test) by mapping schemas.
 */
final class MartReference extends CustomTable<MartReference.Row> {
  private static final long serialVersionUID = 1L;

  MartReference(String database, String name) {
    super(DSL.name(name), DSL.schema(DSL.name(database)));
  }

  @Override
  public Class<Row> getRecordType() {
    return Row.class;
  }

  /** Marts are read with the columns that a select names; their rows have no class of their own. */
  static final class Row extends TableRecordImpl<Row> {
    private static final long serialVersionUID = 1L;

    Row(MartReference table) {
      super(table);
    }
  }
}
