package storefact.simulator.output;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import storefact.event.Contract;

/** The files of one stream in one folder, one per month; one is open at a time. */
public final class MonthlyFile implements AutoCloseable {

  private final DropFolder drop;
  private final String folder;
  private final Contract<?> contract;
  private YearMonth month;
  private EventBytes bytes;

  /** The files of a stream below a folder; the first one is opened by {@link #roll}. */
  public MonthlyFile(DropFolder drop, String folder, Contract<?> contract) {
    this.drop = drop;
    this.folder = folder;
    this.contract = contract;
  }

  /**
   * Opens the file of the day's month, if it is another one.
   *
   * @return whether another file was opened
   * @throws IOException if a file cannot be written
   */
  public boolean roll(LocalDate day) throws IOException {
    YearMonth of = YearMonth.from(day);
    if (of.equals(month)) {
      return false;
    }
    close();
    month = of;
    bytes = new EventBytes(contract, drop.format(), drop.open(folder, name()));
    return true;
  }

  /** The file that is open. */
  public EventBytes bytes() {
    return bytes;
  }

  /** Path of the file that is open, below the drop folder. */
  public String path() {
    return drop.path(folder, name());
  }

  private String name() {
    return contract.stream() + "-" + month;
  }

  @Override
  public void close() throws IOException {
    if (bytes != null) {
      bytes.close();
      bytes = null;
    }
  }
}
