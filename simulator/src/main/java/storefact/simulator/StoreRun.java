package storefact.simulator;

import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import storefact.simulator.chain.Chain.StoreSite;
import storefact.simulator.goods.Shelf;
import storefact.simulator.random.Dice;

/** One store while it is simulated: shelf, stock and tills. */
final class StoreRun implements AutoCloseable {

  private static final int HALF_HOUR = 1_800;

  /** Receipt numbers of a till follow its number: no two of a day are equal in the store. */
  private static final long RECEIPTS_A_TILL = 100_000;

  private static final int SERVICE_DESK = 90;

  final StoreSite site;
  final byte[] id;
  final Shelf shelf;
  final StockRoom stock;
  final SalesFile sales;
  private final SharedStateDiscreteSampler halfHours;
  private final Dice dice;
  private final int[] receipts;
  private int returns;
  private int till;
  long receiptsToday;
  long linesToday;

  StoreRun(StoreSite site, Shelf shelf, StockRoom stock, SalesFile sales, Dice dice) {
    this.site = site;
    this.id = site.bytes();
    this.shelf = shelf;
    this.stock = stock;
    this.sales = sales;
    this.dice = dice;
    this.halfHours = AliasMethodDiscreteSampler.of(dice.source(), site.format().hours());
    this.receipts = new int[site.format().tills() + 1];
  }

  /** When somebody comes who comes today: second after local midnight of the business day. */
  int coming() {
    return site.format().opens() * 60 + halfHours.sample() * HALF_HOUR + dice.below(HALF_HOUR);
  }

  /** A till for the next receipt. */
  int nextTill() {
    till = 1 + dice.below(site.format().tills());
    return till;
  }

  /** The number of the next receipt of {@link #nextTill}. */
  long nextReceipt() {
    return till * RECEIPTS_A_TILL + ++receipts[till];
  }

  /** The number of the next receipt of the service desk. */
  long nextReturn() {
    return SERVICE_DESK * RECEIPTS_A_TILL + ++returns;
  }

  static int serviceDesk() {
    return SERVICE_DESK;
  }

  void evening(int day) throws IOException {
    stock.evening(day, linesToday, receiptsToday);
    linesToday = 0;
    receiptsToday = 0;
    returns = 0;
    Arrays.fill(receipts, 0);
  }

  @Override
  public void close() throws IOException {
    try (stock) {
      sales.close();
    }
  }
}
