package storefact.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.CardEvent;
import storefact.event.LineFormat;
import storefact.event.Member;
import storefact.event.Partner;
import storefact.event.PointsEvent;
import storefact.event.ReturnLine;
import storefact.event.SalesLine;
import storefact.event.StockMovement;
import storefact.simulator.truth.TruthTable;

/** The books of a chain without faults agree: stock, points, cards, returns, amounts. */
class BooksTest {

  @TempDir static Path folder;
  private static SimulatedDrop drop;
  private static List<SalesLine> sales;

  @BeforeAll
  static void simulate() throws Exception {
    drop = SimulatedDrop.run(SimulatedDrop.settings(folder, 4, 500, 270, LineFormat.NDJSON, 0, 2));
    sales = drop.all(SalesLine.class);
    assertThat(sales).hasSizeGreaterThan(50_000).hasSize((int) drop.result.salesLines());
  }

  private static String key(String store, LocalDate date, String till, String receipt, int line) {
    return store + "/" + date + "/" + till + "/" + receipt + "/" + line;
  }

  @Test
  void linesHaveTheirOwnKeysAndTheirAmountsAddUp() {
    Set<String> keys = new HashSet<>();
    Set<String> receipts = new HashSet<>();
    Map<String, String> tills = new HashMap<>();
    for (SalesLine line : sales) {
      assertThat(
              keys.add(
                  key(line.store(), line.businessDate(), line.till(), line.receipt(), line.line())))
          .isTrue();
      // Points and cards name a receipt without its till.
      String receipt = line.store() + line.businessDate() + line.receipt();
      receipts.add(receipt);
      assertThat(tills.merge(receipt, line.till(), (one, _) -> one)).isEqualTo(line.till());
      BigDecimal list =
          line.listPrice()
              .orElseThrow()
              .multiply(line.quantity())
              .setScale(2, java.math.RoundingMode.HALF_UP);
      assertThat(line.netAmount().add(line.retailDiscount()).add(line.couponMatchDiscount()))
          .isEqualByComparingTo(list);
      assertThat(line.couponDiscount()).isLessThanOrEqualTo(line.netAmount());
    }
    assertThat(receipts).hasSize((int) drop.result.receipts());
  }

  @Test
  void returnsNameLinesThatWereSoldBefore() throws Exception {
    Map<String, SalesLine> sold =
        sales.stream()
            .collect(
                Collectors.toMap(
                    line ->
                        key(
                            line.store(),
                            line.businessDate(),
                            line.till(),
                            line.receipt(),
                            line.line()),
                    line -> line));
    List<ReturnLine> returns = drop.all(ReturnLine.class);
    assertThat(returns).hasSizeGreaterThan(100);
    int named = 0;
    for (ReturnLine back : returns) {
      if (back.originalReceipt().isPresent()) {
        named++;
        SalesLine line =
            sold.get(
                key(
                    back.originalStore().orElseThrow(),
                    back.originalBusinessDate().orElseThrow(),
                    back.originalTill().orElseThrow(),
                    back.originalReceipt().orElseThrow(),
                    back.originalLine()));
        assertThat(line).isNotNull();
        assertThat(line.goods()).isEqualTo(back.goods());
        assertThat(line.soldAt()).isBefore(back.returnedAt());
        assertThat(back.quantity()).isLessThanOrEqualTo(line.quantity());
        assertThat(back.netAmount()).isLessThanOrEqualTo(line.netAmount());
      }
    }
    assertThat(named).isBetween(returns.size() * 85 / 100, returns.size() - 1);
  }

  private record Movement(
      LocalDate date, Instant at, int order, String kind, BigDecimal quantity) {}

  @Test
  void stockIsNeverNegative() throws Exception {
    Map<String, List<Movement>> books = new HashMap<>();
    Set<String> kinds = new HashSet<>();
    drop.each(
        StockMovement.class,
        movement -> {
          kinds.add(movement.kind());
          books
              .computeIfAbsent(movement.store() + movement.goods(), _ -> new ArrayList<>())
              .add(
                  new Movement(
                      movement.businessDate(),
                      movement.at(),
                      0,
                      movement.kind(),
                      movement.quantity()));
        });
    for (SalesLine line : sales) {
      // What no movement ever mentions is a service.
      if (books.containsKey(line.store() + line.goods())) {
        books
            .get(line.store() + line.goods())
            .add(new Movement(line.businessDate(), line.soldAt(), 2, "sale", line.quantity()));
      }
    }
    drop.each(
        ReturnLine.class,
        back -> {
          if (books.containsKey(back.store() + back.goods())) {
            books
                .get(back.store() + back.goods())
                .add(
                    new Movement(
                        back.businessDate(), back.returnedAt(), 1, "return", back.quantity()));
          }
        });
    assertThat(kinds).contains("receipt", "spoilage", "count", "transfer_in", "transfer_out");
    books.forEach(
        (key, movements) -> {
          // Goods brought back count from the morning on, as the shelf had them.
          movements.sort(
              Comparator.comparing(Movement::date)
                  .thenComparing(m -> m.kind().equals("return") ? Instant.EPOCH : m.at()));
          BigDecimal stock = BigDecimal.ZERO;
          for (Movement movement : movements) {
            stock =
                switch (movement.kind()) {
                  case "receipt", "transfer_in", "return" -> stock.add(movement.quantity());
                  case "count" -> {
                    assertThat(movement.quantity()).as(key).isLessThanOrEqualTo(stock);
                    yield movement.quantity();
                  }
                  default -> stock.subtract(movement.quantity());
                };
            assertThat(stock).as(key + " " + movement).isNotNegative();
          }
        });
    assertThat(drop.truth(TruthTable.LOST_SALE)).isNotEmpty();
  }

  @Test
  void pointsAreEarnedByReceiptsUsedOldestFirstAndLapse() throws Exception {
    Map<String, BigDecimal> netOfReceipt = new HashMap<>();
    for (SalesLine line : sales) {
      netOfReceipt.merge(
          line.store() + line.businessDate() + line.receipt(), line.netAmount(), BigDecimal::add);
    }
    Map<String, List<PointsEvent>> accounts =
        drop.all(PointsEvent.class).stream().collect(Collectors.groupingBy(PointsEvent::member));
    Set<String> kinds = new HashSet<>();
    for (List<PointsEvent> account : accounts.values()) {
      account.sort(
          Comparator.comparing(PointsEvent::at)
              .thenComparingLong(event -> Long.parseLong(event.event())));
      TreeMap<LocalDate, BigDecimal> lots = new TreeMap<>();
      for (PointsEvent event : account) {
        kinds.add(event.kind());
        if (event.kind().equals("earn")) {
          assertThat(event.points())
              .isEqualByComparingTo(
                  netOfReceipt.get(
                      event.store().orElseThrow()
                          + event.businessDate()
                          + event.receipt().orElseThrow()));
          lots.merge(event.expiresOn().orElseThrow(), event.points(), BigDecimal::add);
        } else if (event.kind().equals("expire")) {
          LocalDate lapsed = event.businessDate();
          assertThat(lots.firstKey()).isEqualTo(lapsed);
          assertThat(event.points()).isEqualByComparingTo(lots.remove(lapsed));
        } else {
          use(lots, event.points().abs());
        }
        // Nothing outlives its day.
        assertThat(lots.isEmpty() || !lots.firstKey().isBefore(event.businessDate())).isTrue();
      }
    }
    assertThat(kinds).containsOnly("earn", "redeem_gift", "redeem_cash", "adjust", "expire");
  }

  private static void use(NavigableMap<LocalDate, BigDecimal> lots, BigDecimal points) {
    BigDecimal rest = points;
    while (rest.signum() > 0) {
      // Throws where more is used than there is.
      Map.Entry<LocalDate, BigDecimal> oldest = lots.firstEntry();
      BigDecimal taken = rest.min(oldest.getValue());
      rest = rest.subtract(taken);
      if (taken.compareTo(oldest.getValue()) == 0) {
        lots.remove(oldest.getKey());
      } else {
        lots.put(oldest.getKey(), oldest.getValue().subtract(taken));
      }
    }
  }

  @Test
  void cardsHoldWhatWasPaidInApartFromPlantedViolations() throws Exception {
    Map<String, String> planted =
        drop.truth(TruthTable.CARD_VIOLATION).stream()
            .collect(Collectors.toMap(row -> row.get("event"), row -> row.get("kind")));
    Map<String, BigDecimal> balances = new HashMap<>();
    Map<String, String> states = new HashMap<>();
    Map<String, String> found = new HashMap<>();
    Set<String> kinds = new HashSet<>();
    List<CardEvent> events = drop.all(CardEvent.class);
    events.sort(
        Comparator.comparing(CardEvent::at)
            .thenComparingLong(event -> Long.parseLong(event.event())));
    for (CardEvent event : events) {
      kinds.add(event.kind());
      String card = event.card();
      if (!event.kind().equals("issue")) {
        assertThat(balances).as("%s", event).containsKey(card);
      }
      BigDecimal before = balances.getOrDefault(card, BigDecimal.ZERO);
      switch (event.kind()) {
        case "issue" -> balances.put(card, BigDecimal.ZERO);
        case "deposit" -> balances.put(card, before.add(event.amount()).add(event.bonus()));
        case "spend", "withdraw" -> {
          balances.put(card, before.subtract(event.amount()));
          if ("frozen".equals(states.get(card))) {
            found.put(event.event(), "spend_while_frozen");
          } else if (event.amount().compareTo(before) > 0) {
            found.put(event.event(), "spend_beyond_balance");
          }
        }
        case "freeze" -> states.put(card, "frozen");
        case "unfreeze" -> states.put(card, "active");
        case "replace" -> {
          assertThat(event.amount()).isEqualByComparingTo(before);
          balances.put(card, BigDecimal.ZERO);
          balances.put(event.newCard().orElseThrow(), before);
        }
        case "cancel" -> {
          assertThat(event.amount()).isEqualByComparingTo(before);
          balances.put(card, BigDecimal.ZERO);
        }
        default -> assertThat(event.kind()).isIn("report_loss", "extend");
      }
    }
    assertThat(found).isEqualTo(planted);
    assertThat(kinds).contains("issue", "deposit", "spend");
  }

  @Test
  void salesShowTheCardThatWasValid() throws Exception {
    Map<String, TreeMap<LocalDate, String>> cards = new HashMap<>();
    drop.each(
        Member.class,
        member ->
            cards
                .computeIfAbsent(member.member(), _ -> new TreeMap<>())
                .put(member.validFrom(), member.card()));
    Map<String, String> owners = new HashMap<>();
    cards.forEach((member, rows) -> rows.values().forEach(card -> owners.put(card, member)));
    assertThat(cards).hasSize(500);
    assertThat(owners).hasSizeGreaterThan(500);
    Map<String, Partner> partners = new HashMap<>();
    drop.each(Partner.class, partner -> partners.put(partner.cardPrefix(), partner));
    int byPartners = 0;
    for (SalesLine line : sales) {
      String card = line.card().orElse("");
      Partner partner = card.isEmpty() ? null : partners.get(card.substring(0, 2));
      if (partner != null) {
        byPartners++;
        assertThat(partner.endsOn().orElse(LocalDate.MAX)).isAfterOrEqualTo(line.businessDate());
      } else if (!card.isEmpty()) {
        assertThat(cards.get(owners.get(card)).floorEntry(line.businessDate()).getValue())
            .isEqualTo(card);
      }
    }
    assertThat(byPartners).isPositive();
  }
}
