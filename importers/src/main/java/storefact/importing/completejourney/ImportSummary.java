package storefact.importing.completejourney;

import java.util.List;
import java.util.Locale;

/**
 * What an import did.
 *
 * @param facts what the drop holds, equal to {@link ImportFacts#PUBLISHED}
 * @param filesWritten files written by this run
 * @param filesKept files that were there already and were left as they are
 * @param promotions whether the displays and places in the mailer were dropped, too
 */
public record ImportSummary(
    ImportFacts facts, int filesWritten, int filesKept, boolean promotions) {

  /** The summary in words, one line each, to print at the end. */
  public List<String> closingLines() {
    return String.format(
            Locale.ROOT,
            """
            %,d lines on %,d receipts of %,d members in %,d stores, sales value %,.2f: as published
            %,d lines have quantity 0 (coupons, and goods mostly without an amount): kept
            %,d goods, %,d campaigns, %,d members addressed
            %,d campaign coupons (%,d repeated rows taken once), %,d redemptions
            %,d promotion rows (displays and mailers)%s
            %,d files written, %,d already there and kept
            """,
            facts.lines(),
            facts.receipts(),
            facts.members(),
            facts.stores(),
            facts.salesValue(),
            facts.zeroQuantityLines(),
            facts.goods(),
            facts.campaigns(),
            facts.campaignMembers(),
            facts.campaignCoupons(),
            facts.repeatedCoupons(),
            facts.redemptions(),
            facts.promotions(),
            promotions ? "" : ": left out, --promotions takes them",
            filesWritten,
            filesKept)
        .lines()
        .toList();
  }
}
