package storefact.importing.completejourney;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.CampaignMember;
import storefact.event.Contract;
import storefact.event.LineFormat;

class DropTest {

  private static final Contract<CampaignMember> CONTRACT = Contract.of(CampaignMember.class);
  private static final CampaignMember EVENT = new CampaignMember("1", "900", 1);

  @TempDir private Path folder;

  @Test
  void aFileIsNotSeenBeforeItIsWhole() throws IOException {
    Drop drop = new Drop(folder, LineFormat.NDJSON, Compression.NONE);
    Iterable<CampaignMember> broken = () -> brokenAfter(EVENT);

    assertThatThrownBy(() -> drop.file("headquarters", "campaign_member-x", CONTRACT, broken))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder.resolve("headquarters/campaign_member-x.ndjson")).doesNotExist();

    assertThat(drop.file("headquarters", "campaign_member-x", CONTRACT, List.of(EVENT)))
        .isEqualTo(Drop.Outcome.WRITTEN);
    try (var files = Files.list(folder.resolve("headquarters"))) {
      assertThat(files)
          .extracting(f -> f.getFileName().toString())
          .containsExactly("campaign_member-x.ndjson");
    }
  }

  @Test
  void aFileThatIsThereIsKept() throws IOException {
    Drop drop = new Drop(folder, LineFormat.CSV, Compression.GZIP);
    drop.file("headquarters", "campaign_member-x", CONTRACT, List.of(EVENT));
    Path file = folder.resolve("headquarters/campaign_member-x.csv.gz");
    byte[] before = Files.readAllBytes(file);

    assertThat(drop.file("headquarters", "campaign_member-x", CONTRACT, List.of()))
        .isEqualTo(Drop.Outcome.KEPT);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void theSameEventsAreNotDroppedInASecondFormat() throws IOException {
    new Drop(folder, LineFormat.NDJSON, Compression.NONE)
        .file("headquarters", "campaign_member-x", CONTRACT, List.of(EVENT));

    assertThatThrownBy(
            () ->
                new Drop(folder, LineFormat.CSV, Compression.NONE)
                    .file("headquarters", "campaign_member-x", CONTRACT, List.of(EVENT)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("campaign_member-x.ndjson")
        .hasMessageContaining("empty drop");
  }

  private static Iterator<CampaignMember> brokenAfter(CampaignMember event) {
    return new Iterator<>() {
      private boolean told;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public CampaignMember next() {
        if (told) {
          throw new IllegalStateException("the source broke off");
        }
        told = true;
        return event;
      }
    };
  }
}
