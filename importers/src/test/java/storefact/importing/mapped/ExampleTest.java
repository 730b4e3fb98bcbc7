package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.Goods;
import storefact.importing.mapped.ImportReport.Group;
import storefact.importing.mapped.ImportReport.Verdict;

/** The example that docs/import.md walks through does what the page says. */
class ExampleTest {

  private static final Path EXAMPLE = Path.of("..", "docs", "example");

  @TempDir private Path folder;

  @Test
  void asTheGuideSays() throws Exception {
    Path drop = folder.resolve("drop");
    ImportReport report =
        new MappedImport(
                EXAMPLE.resolve("invoices.csv"),
                Mapping.read(EXAMPLE.resolve("invoices.yaml")),
                drop,
                false)
            .run(step -> {});

    assertThat(report.closingLines().getLast())
        .startsWith("14 rows = 11 taken + 2 rejected + 1 left out");
    assertThat(report.events())
        .containsEntry("sales_line", 8L)
        .containsEntry("return_line", 3L)
        .containsEntry("goods", 6L)
        .containsEntry("member", 2L);
    assertThat(report.groups())
        .filteredOn(group -> group.verdict() != Verdict.ODD)
        .extracting(Group::code)
        .containsExactly("WRONG_TYPE", "NOT_A_DATE", "EXCLUDED");
    assertThat(new DropEvents(drop).of(Goods.class))
        .filteredOn(goods -> goods.goods().equals("4711"))
        .extracting(goods -> goods.name().orElse(""))
        .containsExactly("Teekanne blau");
  }
}
