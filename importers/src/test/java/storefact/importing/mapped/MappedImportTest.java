package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.ReturnLine;
import storefact.event.SalesLine;
import storefact.importing.mapped.ImportReport.Group;
import storefact.importing.mapped.ImportReport.Verdict;

class MappedImportTest {

  private static final String TILL =
      """
      source: {encoding: GB18030, delimiter: tab, header: 2}
      numbers: {decimal: ",", thousands: "."}
      dates:
        patterns: ["yyyy年M月d日 H:mm"]
        zone: Asia/Shanghai
        day_starts: "04:00"
      lines:
        fields:
          store: {column: 门店, translate: {解放路店: S01}, otherwise: reject}
          till: {constant: "1"}
          receipt: 小票
          line: 行号
          sold_at: {join: [日期, 时间]}
          card: {column: 会员卡, optional: true}
          goods: 商品
          quantity: 数量
          net_amount: 金额
          payment: {column: 支付, translate: {微信: wechat, 现金: cash}}
        returns: {when: {类型: 退货}}
        customer_missing: reject
      """;

  @TempDir private Path folder;
  private Path drop;

  @BeforeEach
  void folders() {
    drop = folder.resolve("drop");
  }

  private ImportReport run(Path file, String mapping) throws IOException, InterruptedException {
    byte[] yaml = mapping.getBytes(StandardCharsets.UTF_8);
    return new MappedImport(file, Mapping.parse(yaml, "test"), drop, false).run(step -> {});
  }

  private static List<String> codes(ImportReport report, Verdict verdict) {
    return report.groups().stream()
        .filter(group -> group.verdict() == verdict)
        .map(Group::code)
        .toList();
  }

  private Path tillExport(String... rows) throws IOException {
    String text =
        "解放路店 销售明细\n门店\t类型\t小票\t行号\t日期\t时间\t会员卡\t商品\t数量\t金额\t支付\n" + String.join("\n", rows) + "\n";
    return Files.write(folder.resolve("销售.tsv"), text.getBytes(Charset.forName("GB18030")));
  }

  @Test
  void chineseTillExport() throws Exception {
    ImportReport report =
        run(
            tillExport(
                "解放路店\t销售\t100\t1\t2026年3月5日\t1:30\tM1\tA7\t1,500\t1.234,50\t微信",
                "解放路店\t退货\t101\t1\t2026年3月6日\t9:00\tM1\tA7\t0,5\t411,50\t微信"),
            TILL);

    assertThat(report.rejected()).isZero();
    SalesLine sale = new DropEvents(drop).of(SalesLine.class).getFirst();
    assertThat(sale.store()).isEqualTo("S01");
    assertThat(sale.quantity()).isEqualByComparingTo("1.5");
    assertThat(sale.netAmount()).isEqualByComparingTo("1234.50");
    assertThat(sale.payment()).contains("wechat");
    // Half past one at night still belongs to the day before.
    assertThat(sale.businessDate()).isEqualTo(LocalDate.of(2026, 3, 4));
    assertThat(sale.soldAt()).isEqualTo(Instant.parse("2026-03-04T17:30:00Z"));
    ReturnLine back = new DropEvents(drop).of(ReturnLine.class).getFirst();
    assertThat(back.originalReceipt()).contains("100");
    assertThat(back.quantity()).isEqualByComparingTo("0.5");
  }

  @Test
  void aLineThatStandsTwiceIsOneLine() throws Exception {
    ImportReport report =
        run(
            tillExport(
                "解放路店\t销售\t100\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t10,00\t现金",
                "解放路店\t销售\t100\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t10,00\t现金",
                "解放路店\t销售\t100\t1\t2026年3月5日\t9:30\tM1\tA8\t1\t12,00\t现金"),
            TILL);

    assertThat(report.taken()).isEqualTo(1);
    assertThat(codes(report, Verdict.LEFT_OUT)).containsExactly("REPEATED_ROW");
    assertThat(codes(report, Verdict.REJECTED)).containsExactly("REPEATED_KEY");
  }

  @Test
  void oddRowsAreRejectedForTheirOwnReason() throws Exception {
    ImportReport report =
        run(
            tillExport(
                "别的店\t销售\t100\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t10,00\t现金",
                "解放路店\t销售\t101\t1\t2026年3月5日\t9:30\t\tA7\t1\t10,00\t现金",
                "解放路店\t销售\t102\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t10.50\t现金",
                "解放路店\t销售\t103\t1\t2026年3月5日\t9:30\tM1\t6.9E+12\t1\t10,00\t现金",
                "解放路店\t销售\t104\t1\t2026年3月5日\t9:30\tM1\tA7\t1",
                "解放路店\t销售\t105\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t10,001\t现金",
                "解放路店\t销售\t106\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t-3,00\t现金"),
            TILL);

    assertThat(report.taken()).isZero();
    assertThat(codes(report, Verdict.REJECTED))
        .containsExactlyInAnyOrder(
            "NOT_TRANSLATED",
            "CUSTOMER_MISSING",
            "WRONG_TYPE",
            "DAMAGED_NUMBER",
            "BROKEN_ROW",
            "TOO_MANY_DECIMALS",
            "PRICE_NEGATIVE");
    assertThat(new DropEvents(drop).files()).isEmpty();
  }

  @Test
  void theWrongEncodingIsSaidNotGuessed() throws Exception {
    ImportReport report =
        run(
            tillExport("解放路店\t销售\t100\t1\t2026年3月5日\t9:30\tM1\tA7\t1\t10,00\t现金"),
            """
            source: {delimiter: tab, header: 2}
            dates: {zone: Asia/Shanghai}
            rows:
              category: {level: {constant: "1"}, category: {join: []}}
            """
                .replace("{join: []}", "{constant: x}"));

    assertThat(codes(report, Verdict.REJECTED)).containsExactly("UNDECODABLE");
  }

  @Test
  void byteOrderMarkTellsTheEncoding() throws Exception {
    String text = "receipt;day;goods;qty;amount\n1;2026-03-05;A;1;10\n";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file =
          Files.write(folder.resolve(charset + ".csv"), ("\ufeff" + text).getBytes(charset));
      assertThat(run(file, PLAIN).taken()).isEqualTo(1);
    }
  }

  private static final String PLAIN =
      """
      dates: {zone: Europe/Berlin}
      lines:
        fields:
          store: {constant: S}
          till: {constant: "1"}
          receipt: receipt
          business_date: day
          goods: goods
          quantity: qty
          net_amount: amount
      """;

  @Test
  void aDayWithoutTimeIsNoon() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"), "receipt,day,goods,qty,amount\n1,2026-07-05,A,1,10\n");
    ImportReport report = run(file, PLAIN);

    SalesLine line = new DropEvents(drop).of(SalesLine.class).getFirst();
    assertThat(line.soldAt()).isEqualTo(Instant.parse("2026-07-05T10:00:00Z"));
    assertThat(codes(report, Verdict.ODD)).contains("NO_TIME");
  }

  @Test
  void packedFilesAreReadAndBrokenOnesNamed() throws Exception {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("receipt,day,goods,qty,amount\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 50_000; i++) {
        out.write((i + ",2026-07-05,A" + i * 7919L + ",1,10\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(run(file, PLAIN).taken()).isEqualTo(50_000);
    byte[] whole = Files.readAllBytes(file);
    Path half =
        Files.write(
            folder.resolve("half.csv.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
    int before = new DropEvents(drop).files().size();

    assertThatThrownBy(() -> run(half, PLAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("half.csv.gz")
        .hasMessageContaining("not a whole gzip file");
    assertThat(new DropEvents(drop).files()).hasSize(before);
  }

  @Test
  void anUnclosedQuoteStopsBeforeAnythingIsDropped() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            "receipt,day,goods,qty,amount\n1,2026-07-05,A,1,10\n2,2026-07-05,\"B,1,10\n3,2026-07-05,C,1,10\n");

    assertThatThrownBy(() -> run(file, PLAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.csv")
        .hasMessageContaining("source.quote");
    assertThat(new DropEvents(drop).files()).isEmpty();
  }

  @Test
  void blankRowsAndTrailingOnesAreAccountedFor() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            "receipt,day,goods,qty,amount\n1,2026-07-05,A,1,10\n\n,,,,\n2,2026-07-05,B,1,10,\n3,2026-07-05,B,1,10");
    ImportReport report = run(file, PLAIN);

    assertThat(report.rows()).isEqualTo(5);
    // A delimiter at the end of a row is no value more.
    assertThat(report.taken()).isEqualTo(3);
    assertThat(codes(report, Verdict.LEFT_OUT)).containsExactly("BLANK_ROW");
  }

  @Test
  void aFileWithoutHeaderIsMappedByPosition() throws Exception {
    Path file =
        Files.writeString(folder.resolve("a.csv"), "1,2026-07-05,A,1,10\n2,2026-07-05,B,x,10\n");
    String mapping =
        "source: {header: 0}\n"
            + PLAIN
                .replace("receipt: receipt", "receipt: '1'")
                .replace("business_date: day", "business_date: '2'")
                .replace("goods: goods", "goods: '3'")
                .replace("quantity: qty", "quantity: '4'")
                .replace("net_amount: amount", "net_amount: '5'");
    ImportReport report = run(file, mapping);
    assertThat(report.taken()).isEqualTo(1);

    Path rejected = report.folder().resolve("rejected.csv");
    Path mended =
        Files.writeString(
            folder.resolve("mended.csv"), Files.readString(rejected).replace(",x,", ",4,"));
    assertThat(run(mended, mapping).taken()).isEqualTo(1);
  }

  @Test
  void theSameSaleIsNotReturnedTwice() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            """
            receipt,day,goods,qty,amount,card
            1,2026-07-05,A,3,30,M
            2,2026-07-06,A,-2,-20,M
            3,2026-07-07,A,-2,-20,M
            4,2026-07-04,A,-1,-10,M
            """);
    run(file, PLAIN + "    card: card\n");

    assertThat(new DropEvents(drop).of(ReturnLine.class))
        .extracting(line -> line.receipt() + " of " + line.originalReceipt().orElse("?"))
        .containsExactly("2 of 1", "3 of ?", "4 of ?");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatAreThere() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "bon,day,goods,qty,amount\n1,2,3,4,5\n");

    assertThatThrownBy(() -> run(file, PLAIN))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("lines.fields.receipt")
        .hasMessageContaining("it has bon, day, goods, qty, amount");
  }
}
