package storefact.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import storefact.report.Overview.Category;
import storefact.report.Overview.Chain;
import storefact.report.Overview.Check;
import storefact.report.Overview.Counts;
import storefact.report.Overview.Day;
import storefact.report.Overview.Freshness;
import storefact.report.Overview.Hour;
import storefact.report.Overview.MemberGroup;
import storefact.report.Overview.Quality;
import storefact.report.Overview.Rejects;
import storefact.report.Overview.Sales;
import storefact.report.Overview.StoreSales;
import storefact.report.Overview.StreamRead;
import storefact.report.Overview.TopMember;
import storefact.report.Overview.Totals;
import storefact.report.Overview.Words;
import storefact.report.Overview.ZeroQuantity;

/** Overviews to write pages of. */
final class OverviewSamples {
  static final Chain CHAIN =
      new Chain(
          new Words("Corner Shops", "街角商店"),
          Currency.getInstance("CNY"),
          ZoneId.of("Asia/Shanghai"));

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

  private OverviewSamples() {}

  /** A warehouse that has just been set up. */
  static Overview empty() {
    Quality quality =
        new Quality(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new ZeroQuantity(0, 0, 0, BigDecimal.ZERO),
            new Freshness(Optional.empty(), Optional.empty(), Optional.empty()));
    return new Overview(CHAIN, NOON, Optional.empty(), quality);
  }

  /** One day, one store and one member, with that name wherever a name can stand. */
  static Overview named(String name) {
    BigDecimal amount = new BigDecimal("12.50");
    Sales sales =
        new Sales(
            DAY,
            DAY,
            new Totals(amount, amount, 1, amount, 1, 1, 1, 1, 1),
            List.of(new Day(DAY, amount, amount, 1)),
            0,
            List.of(new Category(name, name, amount, amount, BigDecimal.ZERO)),
            List.of(new StoreSales(name, name, amount, amount, 1)),
            List.of(new MemberGroup("new", Words.same(name), 1, amount, 0)),
            List.of(new MemberGroup("core", Words.same(name), 1, amount, 0)),
            List.of(new TopMember(MaskedMember.of(name), amount, 1, DAY, "new", "core")),
            List.of(new Hour(6, 12, amount)));
    Quality quality =
        new Quality(
            List.of(new StreamRead(name, 1, 1, 0, 0)),
            List.of(new Rejects(name, Words.same(name), 1)),
            List.of(new Check(name, name, 1)),
            List.of(new Counts(name, 1, 1)),
            new ZeroQuantity(0, 0, 0, BigDecimal.ZERO),
            new Freshness(Optional.of(NOON), Optional.of(NOON), Optional.of(NOON)));
    Chain chain = new Chain(Words.same(name), CHAIN.currency(), CHAIN.zone());
    return new Overview(chain, NOON, Optional.of(sales), quality);
  }
}
