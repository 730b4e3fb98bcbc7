package storefact.importing.mapped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * One sheet of an Excel workbook, read as a stream. Numbers become texts with the mapping's decimal
 * sign, days and moments become ISO 8601, so that everything behind sees texts only.
 */
final class WorkbookTable implements SourceTable {

  /** Excel shows and keeps 15 digits; the ones behind are leftovers of binary numbers. */
  private static final MathContext DIGITS = new MathContext(15);

  /** Days behind the year 2173; larger numbers, 20111209 for one, are not serial days. */
  private static final BigDecimal MOST_SERIAL = new BigDecimal(100_000);

  private static final long SECONDS_PER_DAY = 86_400;
  private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 30);
  private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);

  /** Parts of a number format that are not its letters: quoted, escaped, in brackets. */
  private static final Pattern FORMAT_TEXT =
      Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]|_.|\\*.");

  private static final Pattern FORMAT_DATE = Pattern.compile("[yYdDhHsS]|m[/\\-.]|[/\\-.]m");

  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final char decimal;
  private final Header header;
  private Set<Integer> dateColumns = Set.of();
  private Row ahead;
  private long read;

  private WorkbookTable(Path file, ReadableWorkbook workbook, Mapping mapping) throws IOException {
    this.workbook = workbook;
    this.decimal = mapping.numbers().decimal();
    this.stream = sheet(file, workbook, mapping.table().sheet()).openStream();
    this.rows = stream.iterator();
    this.header = readHeader(file, mapping.table().header());
  }

  static WorkbookTable open(Path file, Mapping mapping) throws IOException {
    byte[] beginning = new byte[8];
    try (InputStream in = Files.newInputStream(file)) {
      in.readNBytes(beginning, 0, beginning.length);
    }
    if (ReadableWorkbook.isOLE2Header(beginning)) {
      throw new IOException(
          file + " is an old .xls or has a password; save it as .xlsx without a password");
    }
    ReadableWorkbook workbook;
    try {
      workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + " is not an .xlsx workbook (" + e.getMessage() + ")", e);
    }
    try {
      return new WorkbookTable(file, workbook, mapping);
    } catch (IOException | RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  private static Sheet sheet(Path file, ReadableWorkbook workbook, String wanted)
      throws IOException {
    Optional<Sheet> sheet = workbook.findSheet(wanted);
    if (sheet.isEmpty() && wanted.matches("[0-9]{1,4}") && !wanted.equals("0")) {
      sheet = workbook.getSheet(Integer.parseInt(wanted) - 1);
    }
    if (sheet.isPresent()) {
      return sheet.get();
    }
    throw new MappingException(
        "key source.sheet is '"
            + wanted
            + "', but "
            + file
            + " has the sheets "
            + workbook.getSheets().map(Sheet::getName).collect(Collectors.joining(", ")));
  }

  private Header readHeader(Path file, int headerRow) throws IOException {
    if (!rows.hasNext()) {
      throw new IOException(
          "the sheet of " + file + " is empty; set source.sheet, or import another");
    }
    if (headerRow == 0) {
      ahead = rows.next();
      return Header.numbered(ahead.getCellCount());
    }
    // Sheets lack the rows that were never filled: count by the row's own number.
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.getRowNum() >= headerRow) {
        return new Header(texts(row));
      }
    }
    throw new IOException(file + " has fewer than source.header = " + headerRow + " rows");
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public Optional<SourceRow> next() throws IOException {
    try {
      Row row = ahead;
      ahead = null;
      if (row == null) {
        if (!rows.hasNext()) {
          return Optional.empty();
        }
        row = rows.next();
      }
      read++;
      return Optional.of(new SourceRow(row.getRowNum(), texts(row)));
    } catch (ExcelReaderException | UncheckedIOException e) {
      throw new IOException("the sheet is damaged behind row " + read + ": " + e.getMessage(), e);
    }
  }

  private List<String> texts(Row row) {
    int width = header == null ? row.getCellCount() : Math.max(header.size(), row.getCellCount());
    List<String> texts = new ArrayList<>(Collections.nCopies(width, ""));
    for (Cell cell : row) {
      // Rows have no object for a cell that was never filled.
      if (cell != null) {
        texts.set(cell.getColumnIndex(), text(cell));
      }
    }
    // Cells beyond the header are part of the row only where they say something.
    while (header != null
        && texts.size() > header.size()
        && Value.stripped(texts.getLast()).isEmpty()) {
      texts.removeLast();
    }
    return texts;
  }

  private String text(Cell cell) {
    if (cell.getType() == CellType.EMPTY || cell.getValue() == null) {
      return cell.getRawValue() == null ? "" : cell.getRawValue();
    }
    if (!(cell.getValue() instanceof BigDecimal exact)) {
      return String.valueOf(cell.getValue());
    }
    BigDecimal number = exact.round(DIGITS);
    if (isDay(cell, number)) {
      return moment(number);
    }
    String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    return decimal == '.' ? plain : plain.replace('.', decimal);
  }

  private boolean isDay(Cell cell, BigDecimal number) {
    if (number.signum() < 0 || number.compareTo(MOST_SERIAL) >= 0) {
      return false;
    }
    if (dateColumns.contains(cell.getColumnIndex())) {
      return true;
    }
    String format = cell.getDataFormatString();
    return format != null && FORMAT_DATE.matcher(FORMAT_TEXT.matcher(format).replaceAll("")).find();
  }

  /** A serial day in ISO 8601: the day, the time where it is below 1, or both. */
  private String moment(BigDecimal serial) {
    long days = serial.longValue();
    // Serial times are fractions of a day in binary: the nearest second is meant.
    long seconds =
        Math.round(serial.subtract(BigDecimal.valueOf(days)).doubleValue() * SECONDS_PER_DAY);
    LocalTime time = LocalTime.ofSecondOfDay(seconds % SECONDS_PER_DAY);
    if (days == 0 && seconds > 0) {
      return time.toString();
    }
    LocalDate first = workbook.isDate1904() ? EPOCH_1904 : EPOCH_1900;
    LocalDateTime moment = first.plusDays(days).atStartOfDay().plusSeconds(seconds);
    return seconds == 0 ? moment.toLocalDate().toString() : moment.toString();
  }

  @Override
  public void dateColumns(Set<Integer> columns) {
    dateColumns = Set.copyOf(columns);
  }

  @Override
  public long position() {
    return read;
  }

  @Override
  public long length() {
    return 0;
  }

  @Override
  public char delimiter() {
    return ',';
  }

  @Override
  public char quote() {
    return '"';
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
