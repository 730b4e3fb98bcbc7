package storefact.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storefact.event.FollowUp;
import storefact.event.LineFormat;
import storefact.event.Member;
import storefact.event.PromotionPlacement;
import storefact.event.SalesLine;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.truth.TruthTable;

/** What was planted can be found again in the sales, with the figures that the truth says. */
@Tag("slow")
class TruthRecoveryTest {

  private static final int DAYS = 364;
  private static final int PERIOD = 14;
  private static final String HYPERMARKET = "S0001";

  @TempDir static Path folder;
  private static SimulatedDrop drop;

  /** Lines of the hypermarket by goods and promotion period; what was lost counts as wanted. */
  private static final Map<String, int[]> LINES = new HashMap<>();

  private static final int[] LINES_OF_PERIOD = new int[DAYS / PERIOD];
  private static final Map<String, Set<String>> BASKETS = new HashMap<>();
  private static final Map<String, int[]> VISITS = new HashMap<>();
  private static final int[] RECEIPTS_OF_DAY = new int[DAYS];
  private static final Map<String, String> MEMBER_OF_CARD = new HashMap<>();
  private static double[] busy;

  @BeforeAll
  static void simulate() throws Exception {
    drop =
        SimulatedDrop.run(SimulatedDrop.settings(folder, 4, 4_000, DAYS, LineFormat.NDJSON, 0, 2));
    drop.each(Member.class, member -> MEMBER_OF_CARD.put(member.card(), member.member()));
    Set<String> ruled = new HashSet<>();
    for (Map<String, String> rule : drop.truth(TruthTable.BASKET_RULE)) {
      ruled.add(rule.get("antecedent"));
      ruled.add(rule.get("consequent"));
    }
    drop.each(SalesLine.class, line -> take(line, ruled));
    for (Map<String, String> lost : drop.truth(TruthTable.LOST_SALE)) {
      if (lost.get("store").equals(HYPERMARKET)) {
        count(lost.get("goods"), day(LocalDate.parse(lost.get("business_date"))));
      }
    }
    busy = new double[DAYS];
    int day = 0;
    for (Map<String, String> row : drop.truth(TruthTable.DAY)) {
      busy[day++] = number(row, "weekday") * number(row, "festival");
    }
  }

  private static void take(SalesLine line, Set<String> ruled) {
    int day = day(line.businessDate());
    if (line.store().equals(HYPERMARKET)) {
      count(line.goods(), day);
    }
    String receipt = line.store() + "/" + line.businessDate() + "/" + line.receipt();
    if (BASKETS.putIfAbsent(receipt, Set.of()) == null) {
      RECEIPTS_OF_DAY[day]++;
      line.card()
          .filter(MEMBER_OF_CARD::containsKey)
          .ifPresent(
              card -> VISITS.computeIfAbsent(MEMBER_OF_CARD.get(card), _ -> new int[DAYS])[day]++);
    }
    if (ruled.contains(line.goods())) {
      Set<String> goods = new HashSet<>(BASKETS.get(receipt));
      goods.add(line.goods());
      BASKETS.put(receipt, goods);
    }
  }

  private static void count(String goods, int day) {
    LINES.computeIfAbsent(goods, _ -> new int[DAYS / PERIOD])[day / PERIOD]++;
    LINES_OF_PERIOD[day / PERIOD]++;
  }

  private static int day(LocalDate date) {
    return (int) ChronoUnit.DAYS.between(drop.settings.start(), date);
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  /** Demand under a promotion by what the same goods sold without one. */
  private record Response(double expected, double found, double discount) {}

  private static Map<String, List<Response>> responses(Set<String> promotions, String groupColumn)
      throws Exception {
    Map<String, Map<String, String>> types = new HashMap<>();
    drop.truth(TruthTable.CATEGORY).forEach(row -> types.put(row.get("type"), row));
    Map<String, Map<String, String>> typeOf = new HashMap<>();
    drop.truth(TruthTable.GOODS)
        .forEach(row -> typeOf.put(row.get("goods"), types.get(row.get("type"))));
    Map<String, Double> discounts = new HashMap<>();
    drop.truth(TruthTable.PROMOTION)
        .forEach(row -> discounts.put(row.get("promotion"), number(row, "discount")));
    Map<String, String[]> dealsOf = new HashMap<>();
    drop.each(
        PromotionPlacement.class,
        placement -> {
          if (placement.store().equals(HYPERMARKET)) {
            dealsOf
                    .computeIfAbsent(placement.goods(), _ -> new String[DAYS / PERIOD])[
                    day(placement.startsOn()) / PERIOD] =
                placement.promotion().orElseThrow();
          }
        });
    Set<String> repriced = new HashSet<>();
    drop.each(
        storefact.event.Goods.class,
        goods -> {
          if (goods.validFrom().isAfter(drop.settings.start())) {
            repriced.add(goods.goods());
          }
        });
    Map<String, List<Response>> responses = new TreeMap<>();
    dealsOf.forEach(
        (goods, deals) -> {
          int[] lines = LINES.get(goods);
          Map<String, String> type = typeOf.get(goods);
          if (lines == null || repriced.contains(goods) || !type.get("season").equals("flat")) {
            return;
          }
          double without = 0;
          double all = 0;
          for (int i = 0; i < deals.length; i++) {
            if (deals[i] == null) {
              without += lines[i];
              all += LINES_OF_PERIOD[i];
            }
          }
          for (int i = 0; i < deals.length; i++) {
            if (deals[i] != null && promotions.contains(deals[i])) {
              responses
                  .computeIfAbsent(type.get(groupColumn), _ -> new ArrayList<>())
                  .add(
                      new Response(
                          without / all * LINES_OF_PERIOD[i], lines[i], discounts.get(deals[i])));
            }
          }
        });
    return responses;
  }

  private static Set<String> promotions(String kind, double lift) throws Exception {
    Set<String> ids = new HashSet<>();
    for (Map<String, String> row : drop.truth(TruthTable.PROMOTION)) {
      if ((row.get("kind").equals("price") == kind.equals("price"))
          && number(row, "lift") == lift) {
        ids.add(row.get("promotion"));
      }
    }
    return ids;
  }

  /** Maximum likelihood of found ~ Poisson(expected × (1 − discount) ^ elasticity). */
  private static double elasticity(List<Response> responses) {
    double low = -5;
    double high = 2;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double score = 0;
      for (Response r : responses) {
        score +=
            Math.log(1 - r.discount())
                * (r.found() - r.expected() * Math.pow(1 - r.discount(), middle));
      }
      // The score falls with the elasticity.
      if (score > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  @Test
  void priceElasticitiesAreThoseOfTheTruth() throws Exception {
    Map<String, Double> truth = new HashMap<>();
    drop.truth(TruthTable.CATEGORY)
        .forEach(row -> truth.put(row.get("category"), number(row, "elasticity")));
    Map<String, List<Response>> responses = responses(promotions("price", 1), "category");
    int judged = 0;
    double information = 0;
    double deviation = 0;
    for (Map.Entry<String, List<Response>> category : responses.entrySet()) {
      double weight =
          category.getValue().stream()
              .mapToDouble(r -> r.found() * Math.pow(Math.log(1 - r.discount()), 2))
              .sum();
      double error = 1 / Math.sqrt(weight);
      if (error < 0.25) {
        judged++;
        double found = elasticity(category.getValue());
        // The baseline is estimated too, so a little beyond four standard errors.
        assertThat(found)
            .as(category.getKey())
            .isCloseTo(truth.get(category.getKey()), within(4 * error + 0.1));
        information += weight;
        deviation += weight * (found - truth.get(category.getKey()));
      }
    }
    assertThat(judged).isGreaterThanOrEqualTo(8);
    assertThat(deviation / information).as("mean deviation").isCloseTo(0, within(0.12));
  }

  @Test
  void displaysWorkWhereTheTruthSaysSo() throws Exception {
    double lift = ChainParameters.usual().displayLift();
    for (double planted : new double[] {1, lift}) {
      double expected = 0;
      double found = 0;
      for (List<Response> responses :
          responses(promotions("display", planted), "category").values()) {
        for (Response response : responses) {
          expected += response.expected();
          found += response.found();
        }
      }
      assertThat(found).isGreaterThan(1_000);
      assertThat(found / expected).isCloseTo(planted, within(0.06 * planted));
    }
  }

  @Test
  void basketRulesHaveTheirLift() throws Exception {
    Map<String, String> formats = new HashMap<>();
    drop.each(
        storefact.event.Store.class,
        store -> formats.put(store.store(), store.format().orElse("")));
    for (Map<String, String> rule : drop.truth(TruthTable.BASKET_RULE)) {
      double all = 0;
      double antecedent = 0;
      double consequent = 0;
      double both = 0;
      for (Map.Entry<String, Set<String>> basket : BASKETS.entrySet()) {
        String store = basket.getKey().substring(0, basket.getKey().indexOf('/'));
        if (formats.get(store).equals(rule.get("format"))) {
          boolean a = basket.getValue().contains(rule.get("antecedent"));
          boolean c = basket.getValue().contains(rule.get("consequent"));
          all++;
          antecedent += a ? 1 : 0;
          consequent += c ? 1 : 0;
          both += a && c ? 1 : 0;
        }
      }
      double lift = both / antecedent / (consequent / all);
      assertThat(lift)
          .as(rule.toString())
          .isCloseTo(number(rule, "lift"), within(4 * lift / Math.sqrt(both) + 0.02 * lift));
      assertThat(antecedent / all)
          .isCloseTo(
              number(rule, "antecedent_share"), within(0.05 * number(rule, "antecedent_share")));
    }
  }

  @Test
  void membersComeAndLeaveAtTheirRates() throws Exception {
    ChainParameters parameters = ChainParameters.usual();
    double rates = 0;
    double expected = 0;
    double visits = 0;
    double expectedToLeave = 0;
    int left = 0;
    int members = 0;
    double seen = 0;
    for (Map<String, String> member : drop.truth(TruthTable.MEMBER)) {
      members++;
      rates += number(member, "visits_per_day");
      visits += number(member, "visits");
      int from = Math.max(0, day(LocalDate.parse(member.get("joined_on"))));
      int to =
          member.get("left_on").isEmpty() ? DAYS - 1 : day(LocalDate.parse(member.get("left_on")));
      // The first visit of a new member comes with joining.
      expected += from > 0 ? 1 : 0;
      expected += number(member, "visits_per_day") * Arrays.stream(busy, from, to + 1).sum();
      expectedToLeave += number(member, "visits") * number(member, "leaving");
      left += member.get("left_on").isEmpty() ? 0 : 1;
      int[] days = VISITS.get(member.get("member"));
      seen += days == null ? 0 : Arrays.stream(days).sum();
    }
    assertThat(rates / members)
        .isCloseTo(parameters.visitsPerDay(), within(0.06 * parameters.visitsPerDay()));
    // Follow-ups, campaigns and birthdays add a few per cent.
    assertThat(visits / expected).isBetween(1.0, 1.1);
    assertThat((double) left).isCloseTo(expectedToLeave, within(4 * Math.sqrt(expectedToLeave)));
    assertThat(seen / visits).isBetween(0.98, 1.0);
  }

  @Test
  void weekdaysHaveTheirSeason() throws Exception {
    double[] found = new double[7];
    int[] count = new int[7];
    double all = 0;
    int day = 0;
    Map<Integer, Double> planted = new TreeMap<>();
    for (Map<String, String> row : drop.truth(TruthTable.DAY)) {
      int weekday = LocalDate.parse(row.get("day")).getDayOfWeek().getValue() - 1;
      planted.put(weekday, number(row, "weekday"));
      double receipts = RECEIPTS_OF_DAY[day++] / number(row, "festival");
      found[weekday] += receipts;
      count[weekday]++;
      all += receipts;
    }
    for (int weekday = 0; weekday < 7; weekday++) {
      assertThat(found[weekday] / count[weekday] / (all / DAYS))
          .isCloseTo(planted.get(weekday), within(0.04));
    }
  }

  @Test
  void followUpsWorkAsPlanted() throws Exception {
    Map<String, Map<String, String>> members = new HashMap<>();
    drop.truth(TruthTable.MEMBER).forEach(row -> members.put(row.get("member"), row));
    Map<String, boolean[]> worked = new HashMap<>();
    ChainParameters parameters = ChainParameters.usual();
    drop.each(
        FollowUp.class,
        contact -> {
          if (!contact.effect().equals("unreachable") && !contact.effect().equals("refused")) {
            boolean[] days = worked.computeIfAbsent(contact.member(), _ -> new boolean[DAYS]);
            int from = day(contact.businessDate()) + 1;
            Arrays.fill(
                days, Math.min(DAYS, from), Math.min(DAYS, from + parameters.followUpDays()), true);
          }
        });
    double expected = 0;
    double found = 0;
    for (Map.Entry<String, boolean[]> contacted : worked.entrySet()) {
      Map<String, String> member = members.get(contacted.getKey());
      int left =
          member.get("left_on").isEmpty() ? DAYS : day(LocalDate.parse(member.get("left_on")));
      int[] visits = VISITS.getOrDefault(contacted.getKey(), new int[DAYS]);
      for (int day = 0; day < left; day++) {
        if (contacted.getValue()[day]) {
          expected += number(member, "visits_per_day") * busy[day];
          found += visits[day];
        }
      }
    }
    assertThat(found).isGreaterThan(1_000);
    assertThat(found / expected).isCloseTo(parameters.followUpVisits(), within(0.12));
  }
}
