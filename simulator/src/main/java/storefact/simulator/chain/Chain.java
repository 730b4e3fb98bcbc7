package storefact.simulator.chain;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import storefact.simulator.random.Dice;

/** Headquarters, areas, stores and communities of a simulated chain. Immutable. */
public final class Chain {

  private static final int AREA_STORES = 4;
  private static final Format[] AREA_FORMATS = {
    Format.HYPERMARKET, Format.CONVENIENCE, Format.BUILDING, Format.CONVENIENCE
  };
  private static final int COMMUNITIES = 8;

  private final List<Area> areas;

  private Chain(List<Area> areas) {
    this.areas = List.copyOf(areas);
  }

  /**
   * A part of a city with up to four stores whose members buy in each of them: nothing that happens
   * in one area depends on another.
   *
   * @param number from 1
   * @param members members who live there
   */
  public record Area(
      int number,
      String region,
      String province,
      String city,
      String cityZh,
      String district,
      String districtZh,
      List<StoreSite> stores,
      List<Community> communities,
      int members) {

    /** Folder of the area's files. */
    public String folder() {
      return String.format(Locale.ROOT, "area-%03d", number);
    }
  }

  /**
   * A store.
   *
   * @param number from 1 within the chain
   * @param quality how content customers are with it, standard deviations around 0
   */
  public record StoreSite(int number, Format format, LocalDate opened, int area, double quality) {

    /** Store as events name it. */
    public String id() {
      return String.format(Locale.ROOT, "S%04d", number);
    }

    /** The same as bytes. */
    public byte[] bytes() {
      return id().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A residential community. */
  public record Community(String id, String name, String nameZh, int households) {}

  private static final String[] GARDENS = {
    "Riverside", "Jade", "Sunshine", "Golden Osmanthus", "Century", "Bamboo", "Lotus", "Harmony"
  };
  private static final String[] GARDENS_ZH = {"滨江", "翡翠", "阳光", "金桂", "世纪", "翠竹", "荷塘", "和谐"};

  /** The chain of a seed: as many stores and members as asked for, spread over areas. */
  public static Chain of(long seed, int stores, int members, LocalDate first) {
    List<Resource.Row> cities = Resource.rows("cities.csv");
    int areaCount = (stores + AREA_STORES - 1) / AREA_STORES;
    List<Area> areas = new ArrayList<>();
    int store = 0;
    int placed = 0;
    for (int number = 1; number <= areaCount; number++) {
      Dice dice = Dice.of(seed, "area", number);
      Resource.Row city = cities.get((number - 1) % cities.size());
      int district = (number - 1) / cities.size() % 3;
      List<StoreSite> sites = new ArrayList<>();
      for (int i = 0; i < AREA_STORES && store < stores; i++) {
        store++;
        sites.add(
            new StoreSite(
                store,
                AREA_FORMATS[i],
                first.minusDays(200L + dice.below(2_500)),
                number,
                0.5 * dice.normal()));
      }
      List<Community> communities = new ArrayList<>();
      for (int i = 0; i < COMMUNITIES; i++) {
        communities.add(
            new Community(
                String.format(Locale.ROOT, "X%04d", (number - 1) * COMMUNITIES + i + 1),
                GARDENS[i] + " Garden",
                GARDENS_ZH[i] + "花园",
                300 + dice.below(2_200)));
      }
      int upTo = (int) ((long) members * store / stores);
      areas.add(
          new Area(
              number,
              city.text("region"),
              city.text("province"),
              city.text("city"),
              city.text("city_zh"),
              city.text("districts").split("\\|", -1)[district],
              city.text("districts_zh").split("\\|", -1)[district],
              List.copyOf(sites),
              List.copyOf(communities),
              upTo - placed));
      placed = upTo;
    }
    return new Chain(areas);
  }

  /** All areas. */
  public List<Area> areas() {
    return areas;
  }
}
