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
import storefact.event.Goods;
import storefact.event.Member;
import storefact.event.Store;

/** Stores, goods and members from the source's tables, in the order of their ids. */
final class MasterData {

  private MasterData() {}

  /** The stores that sold something; the source tells nothing else about them. */
  static List<Store> stores(int[] ids) {
    return Arrays.stream(ids)
        .distinct()
        .sorted()
        .mapToObj(
            id ->
                new Store(
                    Integer.toString(id),
                    Optional.of("Store " + id),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    1))
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
      goods.add(
          new Goods(
              Integer.toString(ids[i]),
              Optional.empty(),
              said(departments[i]),
              said(categories[i]),
              said(types[i]),
              said(brands[i]),
              Optional.of(Integer.toString(manufacturers[i])),
              said(sizes[i]),
              1));
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
      known.put(
          ids[i],
          new Member(
              id,
              id,
              Optional.empty(),
              said(ages[i]),
              said(incomes[i]),
              said(homes[i]),
              said(maritalStatuses[i]),
              said(sizes[i]),
              said(compositions[i]),
              said(children[i]),
              1));
    }
    NavigableSet<Integer> all = new TreeSet<>(known.keySet());
    households.forEach(column -> Arrays.stream(column).forEach(all::add));
    return all.stream()
        .map(id -> known.containsKey(id) ? known.get(id) : stranger(Integer.toString(id)))
        .toList();
  }

  private static Member stranger(String id) {
    return new Member(
        id,
        id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
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
