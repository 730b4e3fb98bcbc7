package storefact.importing.completejourney;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import storefact.event.Contract;
import storefact.event.Goods;
import storefact.event.Member;
import storefact.event.Store;

/** Stores, goods and members from the source's tables, in the order of their ids. */
final class MasterData {

  private static final Contract<Store> STORE = Contract.of(Store.class);
  private static final Contract<Goods> GOODS = Contract.of(Goods.class);
  private static final Contract<Member> MEMBER = Contract.of(Member.class);

  private MasterData() {}

  /** The stores that sold something; the source tells nothing else about them. */
  static List<Store> stores(int[] ids) {
    return Arrays.stream(ids)
        .distinct()
        .sorted()
        .mapToObj(id -> STORE.event(Map.of("store", Integer.toString(id), "name", "Store " + id)))
        .toList();
  }

  static List<Goods> goods(ParquetTable products) throws IOException {
    int[] ids = products.ints("product_id");
    int[] manufacturers = products.ints("manufacturer_id");
    String[] departments = products.texts("department");
    String[] categories = products.texts("product_category");
    String[] types = products.texts("product_type");
    String[] brands = products.texts("brand");
    String[] sizes = products.texts("package_size");
    List<Goods> goods = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      Map<String, String> said = new HashMap<>();
      said.put("goods", Integer.toString(ids[i]));
      say(said, "department", departments[i]);
      say(said, "category", categories[i]);
      say(said, "type", types[i]);
      say(said, "brand", brands[i]);
      say(said, "manufacturer", Integer.toString(manufacturers[i]));
      say(said, "package_size", sizes[i]);
      goods.add(GOODS.event(said));
    }
    return goods;
  }

  /** Every household that any of the columns names, with its demographics where they are known. */
  static List<Member> members(ParquetTable demographics, List<int[]> households)
      throws IOException {
    int[] ids = demographics.ints("household_id");
    String[] ages = demographics.texts("age");
    String[] incomes = demographics.texts("income");
    String[] homes = demographics.texts("home_ownership");
    String[] maritalStatuses = demographics.texts("marital_status");
    String[] sizes = demographics.texts("household_size");
    String[] compositions = demographics.texts("household_comp");
    String[] children = demographics.texts("kids_count");
    Map<Integer, Member> known = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      String id = Integer.toString(ids[i]);
      Map<String, String> said = stranger(id);
      say(said, "age_band", ages[i]);
      say(said, "income_band", incomes[i]);
      say(said, "home_ownership", homes[i]);
      say(said, "marital_status", maritalStatuses[i]);
      say(said, "household_size", sizes[i]);
      say(said, "household_composition", compositions[i]);
      say(said, "children", children[i]);
      known.put(ids[i], MEMBER.event(said));
    }
    NavigableSet<Integer> all = new TreeSet<>(known.keySet());
    households.forEach(column -> Arrays.stream(column).forEach(all::add));
    return all.stream()
        .map(
            id ->
                known.containsKey(id)
                    ? known.get(id)
                    : MEMBER.event(stranger(Integer.toString(id))))
        .toList();
  }

  /** What is known of every household: the source has no cards, its number serves as one. */
  private static Map<String, String> stranger(String id) {
    return new HashMap<>(Map.of("member", id, "card", id));
  }

  private static void say(Map<String, String> said, String field, String text) {
    if (!text.isEmpty()) {
      said.put(field, text);
    }
  }

  /** The day of a moment at midnight UTC, as the source writes its plain days. */
  static LocalDate day(long second) {
    return LocalDate.ofEpochDay(Math.floorDiv(second, 86_400));
  }

  /** A text of the source, empty where it says nothing. */
  static Optional<String> said(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }
}
