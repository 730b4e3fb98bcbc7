package storefact.simulator.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The tables that come with the simulator: CSV without quotes, '#' for notes. */
public final class Resource {

  private Resource() {}

  /** One row; values by their column's name. */
  public record Row(Map<String, Integer> columns, String[] values) {

    /** The value of a column. */
    public String text(String column) {
      return values[columns.get(column)];
    }

    /** The value of a column as a number. */
    public double number(String column) {
      return Double.parseDouble(text(column));
    }
  }

  /** All rows of a table. */
  public static List<Row> rows(String name) {
    try (InputStream in = Resource.class.getResourceAsStream("/storefact/simulator/" + name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String[]> lines =
          reader
              .lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .map(line -> line.split(",", -1))
              .toList();
      String[] header = lines.getFirst();
      Map<String, Integer> columns =
          IntStream.range(0, header.length)
              .boxed()
              .collect(java.util.stream.Collectors.toMap(i -> header[i], i -> i));
      List<Row> rows = new ArrayList<>();
      for (String[] values : lines.subList(1, lines.size())) {
        if (values.length != header.length) {
          throw new IllegalStateException(
              name + ": " + Arrays.toString(values) + " has not " + header.length + " values");
        }
        rows.add(new Row(columns, values));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
