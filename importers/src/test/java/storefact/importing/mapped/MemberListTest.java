package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.Member;
import storefact.event.SalesLine;
import storefact.importing.mapped.ImportReport.Group;

/** Lists in Excel, by the bundled mapping and by one's own. */
class MemberListTest {

  @TempDir private Path folder;

  private interface Filling {
    void fill(Worksheet sheet);
  }

  private Path workbook(String name, Filling filling) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("名单");
      filling.fill(sheet);
      sheet.finish();
    }
    return file;
  }

  private static void row(Worksheet sheet, int row, Object... values) {
    for (int column = 0; column < values.length; column++) {
      switch (values[column]) {
        case String text -> sheet.value(row, column, text);
        case Number number -> sheet.value(row, column, number);
        case LocalDate date -> {
          sheet.value(row, column, date);
          sheet.style(row, column).format("yyyy\"年\"m\"月\"d\"日\"").set();
        }
        case Boolean flag -> sheet.value(row, column, flag);
        default -> throw new IllegalArgumentException(String.valueOf(values[column]));
      }
    }
  }

  private ImportReport run(Path file, Mapping mapping) throws IOException, InterruptedException {
    return new MappedImport(file, mapping, folder.resolve("drop"), false).run(step -> {});
  }

  private Map<String, Member> members() throws IOException {
    return new DropEvents(folder.resolve("drop"))
        .of(Member.class).stream().collect(Collectors.toMap(Member::member, member -> member));
  }

  @Test
  void chineseHeadings() throws Exception {
    Path list =
        workbook(
            "会员.xlsx",
            sheet -> {
              row(
                  sheet, 0, "会员号", "卡号", "姓名", "性别", "生日", "农历", "手机", "邮箱", "学历", "职业", "行业", "收入",
                  "小区", "地址", "入会日期", "备注");
              row(
                  sheet,
                  1,
                  "M1",
                  880001,
                  "王芳",
                  "女",
                  LocalDate.of(1985, 3, 5),
                  "否",
                  13912345678L,
                  "wf@example.com",
                  "本科",
                  "教师",
                  "教育",
                  "10-20万",
                  "阳光花园",
                  "解放路 8 号",
                  42005,
                  "老会员");
              row(
                  sheet,
                  2,
                  "M2",
                  880002,
                  "李强",
                  "男",
                  "1970年8月15日",
                  "是",
                  "139-1111 2222",
                  "",
                  "",
                  "",
                  "",
                  "",
                  "",
                  "",
                  "2015/1/1");
              row(sheet, 3, "M3", 880003, "未知", "保密", "不详", "", "-");
              row(sheet, 4, "", "", "无号");
              row(sheet, 5, "M1", 880009, "王芳重复", "女");
            });

    ImportReport report = run(list, Mapping.bundled("members"));

    assertThat(report.rows()).isEqualTo(5);
    assertThat(report.taken()).isEqualTo(3);
    assertThat(report.rejected()).isEqualTo(2);
    assertThat(report.unused()).containsExactly("备注");
    assertThat(report.groups())
        .extracting(Group::code)
        .containsExactlyInAnyOrder("MISSING_FIELD", "REPEATED_KEY", "VALUE_DROPPED");
    Member first = members().get("M1");
    assertThat(first.card()).isEqualTo("880001");
    assertThat(first.sex()).contains("female");
    assertThat(first.birthday()).contains(LocalDate.of(1985, 3, 5));
    assertThat(first.lunarBirthday()).isFalse();
    assertThat(first.phone()).contains("13912345678");
    assertThat(first.incomeBand()).contains("10-20万");
    assertThat(first.community()).contains("阳光花园");
    // A serial number without a date format, as pasted cells often are: 42,005 days from
    // 1899-12-30.
    assertThat(first.joinedOn()).contains(LocalDate.of(2015, 1, 1));
    Member second = members().get("M2");
    // The 15th day of the eighth lunar month, the Mid-Autumn Festival of 1970.
    assertThat(second.birthday()).contains(LocalDate.of(1970, 9, 15));
    assertThat(second.lunarBirthday()).isTrue();
    assertThat(second.phone()).contains("13911112222");
    Member third = members().get("M3");
    assertThat(third.sex()).isEmpty();
    assertThat(third.birthday()).isEmpty();
    assertThat(third.phone()).isEmpty();
  }

  @Test
  void englishHeadingsAndOneNumberOnly() throws Exception {
    Path list =
        workbook(
            "members.xlsx",
            sheet -> {
              row(
                  sheet,
                  0,
                  "Card No",
                  "Full Name",
                  "Gender",
                  "Date of Birth",
                  "E-Mail",
                  "Joined on");
              row(
                  sheet,
                  1,
                  "C-1",
                  "Ann Smith",
                  "F",
                  LocalDate.of(1990, 12, 31),
                  "ann@example.com",
                  LocalDate.of(2020, 2, 29));
            });

    run(list, Mapping.bundled("members"));

    Member member = members().get("C-1");
    assertThat(member.card()).isEqualTo("C-1");
    assertThat(member.sex()).contains("female");
    assertThat(member.joinedOn()).contains(LocalDate.of(2020, 2, 29));
  }

  @Test
  void rejectedMembersAreMendedInTheCsvAndImportedByTheSameMapping() throws Exception {
    Path list =
        workbook(
            "list.xlsx",
            sheet -> {
              row(sheet, 0, "会员号", "姓名", "生日");
              row(sheet, 1, "", "张三", LocalDate.of(1999, 9, 9));
            });
    ImportReport report = run(list, Mapping.bundled("members"));
    Path rejected = report.folder().resolve("rejected.csv");
    Path mended =
        Files.writeString(
            folder.resolve("mended.csv"), Files.readString(rejected).replace(",,张三", ",M9,张三"));

    assertThat(run(mended, Mapping.bundled("members")).taken()).isEqualTo(1);
    assertThat(members().get("M9").birthday()).contains(LocalDate.of(1999, 9, 9));
  }

  @Test
  void invoicesInAWorkbookWithDecimalCommaInTheMapping() throws Exception {
    Path invoices =
        workbook(
            "sales.xlsx",
            sheet -> {
              row(sheet, 0, "Report of July");
              row(sheet, 2, "receipt", "day", "time", "goods", "qty", "price");
              row(sheet, 3, 1001, 46208, 0.53125, 123456, 2, 0.1 + 0.2);
            });
    Mapping mapping =
        Mapping.parse(
            """
            source: {sheet: 名单, header: 3}
            numbers: {decimal: ","}
            dates: {zone: Asia/Shanghai}
            lines:
              fields:
                store: {constant: S}
                till: {constant: "1"}
                receipt: receipt
                sold_at: {join: [day, time]}
                goods: goods
                quantity: qty
                unit_price: price
            """
                .getBytes(StandardCharsets.UTF_8),
            "test");

    assertThat(run(invoices, mapping).rejected()).isZero();
    SalesLine line = new DropEvents(folder.resolve("drop")).of(SalesLine.class).getFirst();
    assertThat(line.receipt()).isEqualTo("1001");
    assertThat(line.goods()).isEqualTo("123456");
    assertThat(line.unitPrice().orElseThrow()).isEqualByComparingTo("0.3");
    assertThat(line.netAmount()).isEqualByComparingTo("0.60");
    assertThat(line.soldAt().toString()).isEqualTo("2026-07-05T04:45:00Z");
  }

  @Test
  void whatIsNoWorkbookIsSaidToBe() throws Exception {
    Path text = Files.writeString(folder.resolve("a.xlsx"), "会员号,姓名\n");
    Path old = Files.writeString(folder.resolve("a.xls"), "x");

    assertThatThrownBy(() -> run(text, Mapping.bundled("members")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not an .xlsx workbook");
    assertThatThrownBy(() -> run(old, Mapping.bundled("members")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("save it as .xlsx");
    assertThatThrownBy(() -> run(folder.resolve("none.xlsx"), Mapping.bundled("members")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.xlsx");
  }
}
