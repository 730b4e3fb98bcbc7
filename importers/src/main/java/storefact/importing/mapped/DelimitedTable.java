package storefact.importing.mapped;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A text file of delimited values, packed by gzip or not. */
final class DelimitedTable implements SourceTable {

  /** Stands for no quotes at all: a character that no text file holds. */
  private static final char NO_QUOTE = '\u0001';

  private static final int BUFFER_BYTES = 1 << 16;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final Path file;
  private final Counted counted;
  private final long length;
  private final char delimiter;
  private final char quote;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final Header header;
  private CsvRecord ahead;

  private DelimitedTable(Path file, Counted counted, BufferedReader text, Mapping.Table table)
      throws IOException {
    this.file = file;
    this.counted = counted;
    this.length = Files.size(file);
    this.quote = table.quote().equals("none") ? NO_QUOTE : table.quote().charAt(0);
    this.delimiter = delimiter(file, text, table, quote);
    this.reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .quoteCharacter(quote)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            // A quote that swallows the rest of the file would be one row of a million.
            .allowUnclosedQuote(false)
            .ofCsvRecord(text);
    this.records = reader.iterator();
    this.header = readHeader(table.header());
  }

  static DelimitedTable open(Path file, Mapping mapping) throws IOException {
    Counted counted = new Counted(Files.newInputStream(file));
    try {
      InputStream bytes = new BufferedInputStream(counted, BUFFER_BYTES);
      if (lowerName(file).endsWith(".gz")) {
        bytes = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER_BYTES), BUFFER_BYTES);
      }
      Charset charset = charset(bytes, mapping.table().encoding());
      BufferedReader text = new BufferedReader(new InputStreamReader(bytes, charset), BUFFER_BYTES);
      return new DelimitedTable(file, counted, text, mapping.table());
    } catch (IOException | RuntimeException e) {
      counted.close();
      throw readable(file, e);
    }
  }

  private static String lowerName(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** The encoding by the byte order mark, which is passed over; else as the mapping says. */
  private static Charset charset(InputStream bytes, String encoding) throws IOException {
    bytes.mark(4);
    byte[] mark = bytes.readNBytes(3);
    bytes.reset();
    if (starts(mark, 0xEF, 0xBB, 0xBF)) {
      bytes.skipNBytes(3);
      return StandardCharsets.UTF_8;
    } else if (starts(mark, 0xFF, 0xFE)) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    } else if (starts(mark, 0xFE, 0xFF)) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    if (encoding.equals("auto")) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(encoding);
    } catch (IllegalArgumentException e) {
      throw new MappingException(
          "key source.encoding is '"
              + encoding
              + "', which is no encoding; write for example UTF-8, GB18030 or ISO-8859-1",
          e);
    }
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static char delimiter(Path file, BufferedReader text, Mapping.Table table, char quote)
      throws IOException {
    if (table.delimiter().equals("tab")) {
      return '\t';
    } else if (!table.delimiter().equals("auto")) {
      return table.delimiter().charAt(0);
    }
    String name = lowerName(file);
    if (name.endsWith(".tsv") || name.endsWith(".tsv.gz")) {
      return '\t';
    }
    text.mark(BUFFER_BYTES);
    char[] beginning = new char[BUFFER_BYTES - 1];
    int length = 0;
    int read;
    while (length < beginning.length
        && (read = text.read(beginning, length, beginning.length - length)) > 0) {
      length += read;
    }
    text.reset();
    List<String> lines = new String(beginning, 0, length).lines().toList();
    int row = Math.max(table.header(), 1) - 1;
    if (lines.isEmpty()) {
      return ',';
    }
    // A file of rejected rows has its header first, whatever the mapping says.
    String line =
        lines.getFirst().contains(Header.ROW)
            ? lines.getFirst()
            : lines.get(Math.min(row, lines.size() - 1));
    char best = ',';
    int most = 0;
    for (char candidate : DELIMITERS) {
      int count = countOutsideQuotes(line, candidate, quote);
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static int countOutsideQuotes(String line, char wanted, char quote) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == quote;
      if (!quoted && line.charAt(i) == wanted) {
        count++;
      }
    }
    return count;
  }

  private Header readHeader(int headerRow) throws IOException {
    Optional<CsvRecord> first = record();
    if (first.isEmpty()) {
      throw new IOException(file + " is empty; nothing to import");
    }
    Header found = new Header(first.get().getFields());
    if (found.isRejects() || headerRow == 1) {
      return found;
    }
    if (headerRow == 0) {
      ahead = first.get();
      return Header.numbered(first.get().getFieldCount());
    }
    Optional<CsvRecord> row = first;
    for (int i = 1; i < headerRow; i++) {
      row = record();
    }
    return new Header(
        row.orElseThrow(
                () ->
                    new IOException(
                        file + " has fewer than source.header = " + headerRow + " rows"))
            .getFields());
  }

  private Optional<CsvRecord> record() throws IOException {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (RuntimeException e) {
      throw readable(file, e);
    }
  }

  private static IOException readable(Path file, Exception e) {
    Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
    if (cause instanceof MappingException mapping) {
      return mapping;
    } else if (cause instanceof EOFException || cause instanceof ZipException) {
      return new IOException(
          file + " is not a whole gzip file (" + cause.getMessage() + "); fetch it again", e);
    } else if (cause instanceof CsvParseException) {
      return new IOException(
          file
              + " cannot be read as delimited values: "
              + said(cause)
              + ". Mend the quotes there (a quote inside a value is written twice), or set"
              + " source.quote: none where quotes are ordinary characters",
          e);
    }
    return cause instanceof IOException io ? io : new IOException("cannot read " + file, e);
  }

  /** The parser says the place in one message and the fault in the message of its cause. */
  private static String said(Throwable fault) {
    Throwable cause = fault.getCause();
    return fault.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public Optional<SourceRow> next() throws IOException {
    CsvRecord record = ahead;
    ahead = null;
    if (record == null) {
      Optional<CsvRecord> read = record();
      if (read.isEmpty()) {
        return Optional.empty();
      }
      record = read.get();
    }
    return Optional.of(new SourceRow(record.getStartingLineNumber(), record.getFields()));
  }

  @Override
  public void dateColumns(Set<Integer> columns) {
    // Text files write days as text.
  }

  @Override
  public long position() {
    return counted.bytes;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public char delimiter() {
    return delimiter;
  }

  @Override
  public char quote() {
    return quote;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    counted.close();
  }

  /** Counts the bytes that were read, for the progress. */
  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      bytes += Math.max(read, 0);
      return read;
    }
  }
}
