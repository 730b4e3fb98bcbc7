package storefact.importing.mapped;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A condition of the mapping, bound to the columns of a source. */
final class RowCondition {

  private final int[] columns;
  private final Pattern[] patterns;

  RowCondition(Mapping.Condition condition, Header header) throws MappingException {
    columns = new int[condition.columns().size()];
    patterns = new Pattern[columns.length];
    int i = 0;
    for (Map.Entry<String, Pattern> pair : condition.columns().entrySet()) {
      columns[i] = header.find(pair.getKey());
      if (columns[i] < 0) {
        throw header.missing(condition.path(), List.of(pair.getKey()));
      }
      header.use(columns[i]);
      patterns[i++] = pair.getValue();
    }
  }

  boolean matches(List<String> cells) {
    for (int i = 0; i < columns.length; i++) {
      if (!patterns[i].matcher(Value.cell(cells, columns[i])).matches()) {
        return false;
      }
    }
    return true;
  }
}
