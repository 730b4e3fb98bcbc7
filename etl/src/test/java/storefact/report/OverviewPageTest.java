package storefact.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewPageTest {
  private static final String LIBRARY = "var echarts = {};";
  private static final Pattern SCRIPT_END = Pattern.compile("</script", Pattern.CASE_INSENSITIVE);

  @Test
  void aNameCannotEndTheScriptItStandsIn() throws IOException {
    String plain = OverviewPage.html(OverviewSamples.named("Milk"), LIBRARY);
    String hostile =
        OverviewPage.html(OverviewSamples.named("</script><script>alert(1)</SCRIPT><!--"), LIBRARY);

    assertThat(scriptEnds(hostile)).isEqualTo(scriptEnds(plain)).isEqualTo(4);
    assertThat(hostile).doesNotContain("<script>alert", "<!--");
  }

  @Test
  void markupInANameStaysText() throws IOException {
    String html = OverviewPage.html(OverviewSamples.named("<img src=x onerror=alert(1)>"), LIBRARY);

    assertThat(html).doesNotContain("<img").contains("&lt;img src=x onerror=alert(1)&gt;</title>");
  }

  @Test
  void aNameThatLooksLikeAPlaceholderOrAGroupIsLeftAlone() throws IOException {
    assertThat(OverviewPage.html(OverviewSamples.named("{{data}} $1 \\"), LIBRARY))
        .contains("<title>{{data}} $1 \\</title>");
  }

  @Test
  void theWholeMemberIdIsNowhereInThePage() throws IOException {
    String id = "8127346650";
    Overview overview = OverviewSamples.named("Shop");
    Overview.Sales shop = overview.sales().orElseThrow();
    Overview.TopMember best = shop.topMembers().getFirst();
    var member =
        new Overview.TopMember(
            MaskedMember.of(id), best.netSales(), 1, best.lastPurchase(), "new", "core");
    var sales =
        new Overview.Sales(
            shop.from(),
            shop.to(),
            shop.totals(),
            shop.days(),
            0,
            shop.categories(),
            shop.stores(),
            shop.segments(),
            shop.valueClasses(),
            List.of(member),
            shop.hours());

    String html =
        OverviewPage.html(
            new Overview(
                overview.chain(), overview.madeAt(), Optional.of(sales), overview.quality()),
            LIBRARY);

    assertThat(html).contains("\"81••\"").doesNotContain(id, id.substring(0, 3));
  }

  @Test
  void anEmptyWarehouseHasAPage(@TempDir Path folder) throws IOException {
    Path library = Files.writeString(folder.resolve("echarts.min.js"), LIBRARY);
    Path page = folder.resolve("reports").resolve("overview.html");

    new OverviewPage().write(OverviewSamples.empty(), library, page);

    assertThat(Files.readString(page)).contains("\"sales\":null").doesNotContain("{{");
    try (var files = Files.list(page.getParent())) {
      assertThat(files).containsExactly(page);
    }
  }

  @Test
  void aMissingLibraryLeavesTheOldPage(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("overview.html"), "old");

    assertThatThrownBy(
            () ->
                new OverviewPage().write(OverviewSamples.empty(), folder.resolve("none.js"), page))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(page).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(page);
    }
  }

  @Test
  void aLibraryThatWouldEndItsScriptIsRefused() {
    assertThatThrownBy(() -> OverviewPage.html(OverviewSamples.empty(), "'</script>'"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the chart library");
  }

  @Test
  void thePageWithoutLibraryAndDataStaysSmall() throws IOException {
    assertThat(OverviewPage.html(OverviewSamples.empty(), LIBRARY).length()).isLessThan(80_000);
  }

  @Test
  void thePageAsksForNothing() throws IOException {
    String html = OverviewPage.html(OverviewSamples.named("Shop"), LIBRARY);

    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain("http://", "https://", "@import");
  }

  private static int scriptEnds(String html) {
    Matcher matcher = SCRIPT_END.matcher(html);
    int ends = 0;
    while (matcher.find()) {
      ends++;
    }
    return ends;
  }
}
