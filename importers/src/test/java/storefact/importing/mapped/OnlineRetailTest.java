package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.Goods;
import storefact.event.Member;
import storefact.event.ReturnLine;
import storefact.event.SalesLine;
import storefact.event.Store;
import storefact.importing.mapped.ImportReport.Group;

/** The bundled mapping of the Online Retail invoices, on invoices of our own with every oddity. */
class OnlineRetailTest {

  /** In the shape of the data set; every row is made up. */
  private static final String INVOICES =
      """
      InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
      C700001,10001,BLUE TEAPOT,-2,7/1/2011 9:00,4.25,20001,France
      700001,10001,BLUE TEAPOT,6,6/15/2011 8:26,4.25,20001,France
      700001,10002,"LANTERN, ""OLD"" STYLE",1,6/15/2011 8:26,12.5,20001,France
      700001,10002,"LANTERN, ""OLD"" STYLE",1,6/15/2011 8:26,12.5,20001,France
      700002,10001,TEAPOT BLUE,3,6/15/2011 23:40,4.25,,United Kingdom
      700003,POST,POSTAGE,1,6/16/2011 10:00,18,20002,Germany
      700003,10001,BLUE TEAPOT,1,6/16/2011 10:00,0,20002,Germany
      700004,10003,damaged,-7,6/17/2011 11:00,0,,United Kingdom
      700005,10003,,4,6/17/2011 11:30,0,,United Kingdom
      A700006,B,Adjust bad debt,1,8/12/2011 14:50,-110.62,,United Kingdom
      C700007,10002,"LANTERN, ""OLD"" STYLE",-5,8/13/2011 9:00,12.5,20001,France
      700008,10004,PAPER STAR,abc,8/14/2011 9:00,1.25,20003,EIRE
      700009,10004,PAPER STAR,2,2/30/2011 9:00,1.25,20003,EIRE
      700010,10004,PAPER STAR,2,8/14/2011 9:05,0.123456,20003,EIRE
      """;

  @TempDir private Path folder;
  private Path drop;
  private Path source;

  @BeforeEach
  void write() throws IOException {
    drop = folder.resolve("drop");
    source = Files.writeString(folder.resolve("invoices.csv"), INVOICES);
  }

  private ImportReport run(Path file, boolean dryRun) throws IOException, InterruptedException {
    return new MappedImport(file, Mapping.bundled("online-retail"), drop, dryRun).run(step -> {});
  }

  private static Map<String, Long> counts(ImportReport report) {
    Map<String, Long> counts = new HashMap<>();
    for (Group group : report.groups()) {
      counts.merge(group.code(), group.count(), Long::sum);
    }
    return counts;
  }

  @Test
  void everyRowIsAccountedFor() throws Exception {
    ImportReport report = run(source, false);

    assertThat(report.rows()).isEqualTo(14);
    assertThat(report.taken()).isEqualTo(10);
    assertThat(report.rejected()).isEqualTo(2);
    assertThat(report.leftOut()).isEqualTo(2);
    assertThat(report.closingLines().getLast())
        .startsWith("14 rows = 10 taken + 2 rejected + 2 left out");
    assertThat(report.events())
        .containsEntry("sales_line", 7L)
        .containsEntry("return_line", 3L)
        .containsEntry("store", 1L)
        .containsEntry("goods", 5L)
        .containsEntry("member", 3L);
    assertThat(counts(report))
        .containsEntry("WRONG_TYPE", 1L)
        .containsEntry("NOT_A_DATE", 1L)
        .containsEntry("EXCLUDED", 2L)
        .containsEntry("REPEATED_ROW", 1L)
        .containsEntry("SERVICE_CODE", 2L)
        .containsEntry("CUSTOMER_MISSING", 2L)
        .containsEntry("PRICE_ZERO", 1L)
        .containsEntry("ADJUSTMENT", 1L)
        .containsEntry("ORIGINAL_FOUND", 1L)
        .containsEntry("ORIGINAL_UNKNOWN", 2L)
        .containsEntry("SEVERAL_VALUES", 1L)
        .containsEntry("ROUNDED", 1L);
    assertThat(report.groups())
        .allSatisfy(
            group -> {
              assertThat(group.whyEn()).isNotBlank();
              assertThat(group.whyZh()).containsPattern("\\p{IsHan}");
              assertThat(group.samples()).isNotEmpty();
            });
  }

  @Test
  void salesHaveNumbersWithinTheirReceipt() throws Exception {
    run(source, false);

    List<SalesLine> first =
        new DropEvents(drop)
            .of(SalesLine.class).stream().filter(l -> l.receipt().equals("700001")).toList();
    assertThat(first).extracting(SalesLine::line).containsExactly(1, 2, 3);
    assertThat(first).extracting(SalesLine::goods).containsExactly("10001", "10002", "10002");
    assertThat(first.getFirst().netAmount()).isEqualByComparingTo("25.50");
    assertThat(first.getFirst().card()).contains("20001");
    // 8:26 in London in June
    assertThat(first.getFirst().soldAt()).isEqualTo(Instant.parse("2011-06-15T07:26:00Z"));
  }

  @Test
  void businessDateIsTheDayWhereTheShopIs() throws Exception {
    run(source, false);

    SalesLine late =
        new DropEvents(drop)
            .of(SalesLine.class).stream()
                .filter(l -> l.receipt().equals("700002"))
                .findFirst()
                .orElseThrow();
    assertThat(late.businessDate()).isEqualTo(LocalDate.of(2011, 6, 15));
    assertThat(late.soldAt()).isEqualTo(Instant.parse("2011-06-15T22:40:00Z"));
    assertThat(late.card()).isEmpty();
  }

  @Test
  void returnNamesItsSaleThoughThatStandsBelowIt() throws Exception {
    run(source, false);

    Map<String, ReturnLine> returns =
        new DropEvents(drop)
            .of(ReturnLine.class).stream()
                .collect(Collectors.toMap(ReturnLine::receipt, line -> line));
    ReturnLine found = returns.get("C700001");
    assertThat(found.quantity()).isEqualByComparingTo("2");
    assertThat(found.netAmount()).isEqualByComparingTo("8.50");
    assertThat(found.originalReceipt()).contains("700001");
    assertThat(found.originalLine()).isEqualTo(1);
    assertThat(found.originalBusinessDate()).contains(LocalDate.of(2011, 6, 15));
    // Five came back, but no single line had sold five.
    assertThat(returns.get("C700007").originalReceipt()).isEmpty();
    ReturnLine adjustment = returns.get("A700006");
    assertThat(adjustment.quantity()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(adjustment.netAmount()).isEqualByComparingTo("110.62");
  }

  @Test
  void mostFrequentDescriptionWinsAndServicesAreApart() throws Exception {
    ImportReport report = run(source, false);

    Map<String, Goods> goods =
        new DropEvents(drop)
            .of(Goods.class).stream().collect(Collectors.toMap(Goods::goods, item -> item));
    assertThat(goods.get("10001").name()).contains("BLUE TEAPOT");
    assertThat(goods.get("10002").name()).contains("LANTERN, \"OLD\" STYLE");
    assertThat(goods.get("POST").department()).contains("Service");
    assertThat(goods.get("10001").department()).isEmpty();
    assertThat(goods).doesNotContainKey("10003");
    assertThat(Files.readString(report.folder().resolve("report.csv")))
        .contains("value,goods,kept,3,,BLUE TEAPOT,10001: name")
        .contains("value,goods,not kept,1,,TEAPOT BLUE,10001: name");
  }

  @Test
  void masterDataComeFromTheRows() throws Exception {
    run(source, false);

    DropEvents events = new DropEvents(drop);
    assertThat(events.of(Store.class)).extracting(Store::store).containsExactly("online");
    assertThat(events.of(Member.class))
        .extracting(member -> member.member() + " " + member.country().orElse(""))
        .containsExactly("20001 France", "20002 Germany", "20003 EIRE");
  }

  @Test
  void runningAgainChangesNothing() throws Exception {
    run(source, false);
    Map<Path, String> first = contents();
    ImportReport again = run(source, false);

    assertThat(contents()).isEqualTo(first).hasSize(5);
    assertThat(again.filesWritten()).isZero();
    assertThat(again.filesKept()).isEqualTo(5);
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new HashMap<>();
    for (Path file : new DropEvents(drop).files()) {
      contents.put(file, Files.readString(file));
    }
    return contents;
  }

  @Test
  void dryRunSaysTheSameAndDropsNothing() throws Exception {
    ImportReport dry = run(source, true);

    assertThat(new DropEvents(drop).files()).isEmpty();
    assertThat(dry.folder().resolve("report.csv")).exists();
    ImportReport real = run(source, false);
    assertThat(dry.events()).isEqualTo(real.events());
    assertThat(dry.groups()).isEqualTo(real.groups());
  }

  @Test
  void rejectedRowsAreMendedAndImportedAgain() throws Exception {
    ImportReport report = run(source, false);
    Path rejected = report.folder().resolve("rejected.csv");
    String text = Files.readString(rejected);
    assertThat(text).contains("13,1,WRONG_TYPE,").contains("14,1000000014,NOT_A_DATE,");
    Path mended =
        Files.writeString(
            folder.resolve("mended.csv"), text.replace("abc", "5").replace("2/30/", "3/2/"));

    ImportReport again = run(mended, false);

    assertThat(again.taken()).isEqualTo(2);
    assertThat(again.rejected()).isZero();
    List<SalesLine> lines = new DropEvents(drop).of(SalesLine.class);
    assertThat(lines).hasSize(9);
    assertThat(lines)
        .filteredOn(line -> line.receipt().equals("700008"))
        .singleElement()
        .satisfies(line -> assertThat(line.quantity()).isEqualByComparingTo("5"));
    // What a few rows tell of goods must not replace what the whole file told.
    assertThat(new DropEvents(drop).of(Goods.class))
        .filteredOn(goods -> goods.goods().equals("10004"))
        .extracting(Goods::version)
        .containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void mendedRowsKeepTheirLineNumber() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("third.csv"),
            """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            1,10001,A,1,6/15/2011 8:26,4.25,1,France
            1,10002,B,1,6/15/2011 8:26,4.25,1,France
            1,10003,C,x,6/15/2011 8:26,4.25,1,France
            1,10004,D,1,6/15/2011 8:26,4.25,1,France
            ,10005,E,1,6/15/2011 8:26,4.25,1,France
            """);
    Path rejected = run(file, false).folder().resolve("rejected.csv");
    Path mended =
        Files.writeString(
            folder.resolve("mended.csv"),
            Files.readString(rejected).replace(",x,", ",1,").replace(",,10005", ",1,10005"));
    run(mended, false);

    assertThat(new DropEvents(drop).of(SalesLine.class))
        .extracting(SalesLine::line)
        .containsExactlyInAnyOrder(1, 2, 3, 4, 1_000_000_006);
  }
}
