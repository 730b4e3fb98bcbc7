package storefact.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import storefact.warehouse.ClickHouseHttp;

@Command(
    name = "sql",
    description = "Ask the warehouse; readers' views are in dw, marts in dw too.",
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {

  /** How an answer is written. */
  enum Format {
    TSV("TabSeparatedWithNames"),
    CSV("CSVWithNames"),
    JSON("JSONEachRow"),
    PRETTY("PrettyCompact"),
    XLSX("TabSeparatedWithNamesAndTypes");

    private final String clickHouse;

    Format(String clickHouse) {
      this.clickHouse = clickHouse;
    }
  }

  @ParentCommand private Storefact storefact;
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "SQL", description = "one statement")
  private String statement;

  @Option(
      names = "--user",
      paramLabel = "U",
      description = "as whom (default: storefact); the password is the home's secret of that name")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--format",
      defaultValue = "PRETTY",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.PRETTY;

  @Option(names = "--out", paramLabel = "FILE", description = "where to write; needed for XLSX")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (format == Format.XLSX && out.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "an Excel file needs a name: add --out FILE.xlsx");
    }
    Console console = new Console();
    try (Session session = storefact.open(console);
        ClickHouseHttp http = new ClickHouseHttp(session.addressOf(user));
        InputStream answer = http.stream(statement, Map.of("default_format", format.clickHouse))) {
      if (format == Format.XLSX) {
        writeExcel(answer, out.get());
      } else if (out.isPresent()) {
        try (OutputStream file = Files.newOutputStream(out.get())) {
          answer.transferTo(file);
        }
      } else {
        answer.transferTo(System.out);
      }
    }
    return 0;
  }

  /** First line names, second types, then the rows: numbers become numbers, the rest text. */
  private static void writeExcel(InputStream answer, Path file) throws IOException {
    try (OutputStream target = Files.newOutputStream(file);
        Workbook workbook = new Workbook(target, "Storefact", "1.0");
        Worksheet sheet = workbook.newWorksheet("result");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
      String[] names = lines.readLine().split("\t", -1);
      String[] types = lines.readLine().split("\t", -1);
      for (int column = 0; column < names.length; column++) {
        sheet.value(0, column, names[column]);
        sheet.style(0, column).bold().set();
      }
      sheet.freezePane(0, 1);
      int row = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t", -1);
        for (int column = 0; column < cells.length; column++) {
          write(sheet, row, column, types[column], cells[column]);
        }
        row++;
      }
    }
  }

  private static void write(Worksheet sheet, int row, int column, String type, String cell) {
    if (cell.equals("\\N")) {
      return;
    }
    if (type.matches("(Nullable\\()?(U?Int|Float|Decimal).*")) {
      sheet.value(row, column, new BigDecimal(cell));
    } else {
      sheet.value(row, column, cell);
    }
  }
}
