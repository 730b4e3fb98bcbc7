package storefact.simulator.goods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainCalendar.Season;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.chain.Format;
import storefact.simulator.chain.Resource;
import storefact.simulator.random.Dice;

/** The chain's goods: the tree of three levels, the articles, the planted rules. Immutable. */
public final class Catalog {

  private static final String[][] BRANDS = {
    {"Qinghe", "清禾"}, {"Sanyuan Hill", "三源岭"}, {"Baiyun", "白韵"}, {"Lvye", "绿野"},
    {"Nanfeng", "南枫"}, {"Jinsui", "金穗"}, {"Haichao", "海潮"}, {"Yuxin", "愉心"},
    {"Storefact Select", "实选"}, {"Hengda Field", "恒田"}, {"Mulan", "木岚"}, {"Xingchen", "星辰"}
  };
  private static final String[][] VARIANTS = {
    {"classic", "经典"}, {"select", "精选"}, {"family", "家庭装"}, {"light", "清爽"},
    {"premium", "优享"}, {"original", "原味"}, {"new", "新品"}, {"value", "实惠"}
  };

  /** Antecedent's type, consequent's type, format, P(A), P(B|A), P(B|not A). */
  private static final Object[][] RULES = {
    {"nappies", "lager", Format.HYPERMARKET, 0.03, 0.16, 0.04},
    {"instant noodles", "eggs", Format.HYPERMARKET, 0.06, 0.2, 0.05},
    {"flour and noodles", "chilli sauce", Format.HYPERMARKET, 0.05, 0.18, 0.04},
    // No rule, to catch who finds one everywhere.
    {"toothpaste", "bottled water", Format.HYPERMARKET, 0.05, 0.06, 0.06},
    {"lunch boxes", "bottled tea", Format.CONVENIENCE, 0.1, 0.28, 0.08},
    {"emulsion paint", "rollers and brushes", Format.BUILDING, 0.12, 0.45, 0.08},
    {"cable", "sockets and switches", Format.BUILDING, 0.08, 0.4, 0.1}
  };

  private final List<Department> departments;
  private final List<Type> types;
  private final List<Article> articles;
  private final List<BasketRule> rules;

  private Catalog(
      List<Department> departments,
      List<Type> types,
      List<Article> articles,
      List<BasketRule> rules) {
    this.departments = List.copyOf(departments);
    this.types = List.copyOf(types);
    this.articles = List.copyOf(articles);
    this.rules = List.copyOf(rules);
  }

  /** Level 1 of the tree. */
  public record Department(int number, String name, String nameZh) {}

  /** Level 3 of the tree, with the names of level 2. */
  public record Type(
      int number,
      int department,
      String category,
      String categoryZh,
      String name,
      String nameZh,
      double elasticity,
      Season season) {}

  /** The catalog of a seed. */
  public static Catalog of(long seed, ChainParameters parameters, ChainCalendar calendar) {
    Builder builder = new Builder(seed, parameters, calendar);
    for (Resource.Row row : Resource.rows("goods-tree.csv")) {
      builder.type(row);
    }
    return builder.build();
  }

  public List<Department> departments() {
    return departments;
  }

  public List<Type> types() {
    return types;
  }

  public List<Article> articles() {
    return articles;
  }

  public List<BasketRule> rules() {
    return rules;
  }

  private static final class Builder {
    private final ChainParameters parameters;
    private final int days;
    private final Dice dice;
    private final Map<String, Department> departments = new LinkedHashMap<>();
    private final Map<String, Double> elasticities = new LinkedHashMap<>();
    private final List<Type> types = new ArrayList<>();
    private final List<Article> articles = new ArrayList<>();
    private final List<Resource.Row> rows = new ArrayList<>();

    Builder(long seed, ChainParameters parameters, ChainCalendar calendar) {
      this.parameters = parameters;
      this.days = calendar.days();
      this.dice = Dice.of(seed, "goods", 0);
    }

    void type(Resource.Row row) {
      Department department =
          departments.computeIfAbsent(
              row.text("department"),
              name -> new Department(departments.size(), name, row.text("department_zh")));
      double elasticity = row.number("elasticity");
      Double before = elasticities.putIfAbsent(row.text("category"), elasticity);
      if (before != null && before != elasticity) {
        throw new IllegalStateException(
            "category " + row.text("category") + " has two elasticities");
      }
      Type type =
          new Type(
              types.size(),
              department.number(),
              row.text("category"),
              row.text("category_zh"),
              row.text("type"),
              row.text("type_zh"),
              elasticity,
              Season.valueOf(row.text("season").toUpperCase(Locale.ROOT)));
      types.add(type);
      rows.add(row);
      double[] shares = zipf(parameters.goodsPerType(), parameters.popularity());
      for (int i = 0; i < shares.length; i++) {
        articles.add(article(row, type, i, row.number("weight") * shares[i], false));
      }
    }

    private static double[] zipf(int count, double exponent) {
      double[] shares = new double[count];
      for (int i = 0; i < count; i++) {
        shares[i] = Math.pow(i + 1, -exponent);
      }
      double sum = Arrays.stream(shares).sum();
      return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private Article article(Resource.Row row, Type type, int rank, double weight, boolean ruled) {
      int number = articles.size();
      String[] brand = BRANDS[(number * 5 + rank) % BRANDS.length];
      String[] variant = VARIANTS[(number + rank) % VARIANTS.length];
      String[] sizes = row.text("sizes").split("\\|", -1);
      String size = sizes[rank % sizes.length];
      double low = Math.log(row.number("price_low"));
      double high = Math.log(row.number("price_high"));
      // Bigger packs cost more; popular articles sit in the lower half.
      double place = (rank % sizes.length + dice.uniform()) / sizes.length;
      int price = ending(Math.exp(low + (high - low) * place));
      boolean changes = !ruled && dice.chance(parameters.priceChanges() * days / 182.0);
      int weeks = Math.max(2, days / 7);
      int changeDay = changes ? 7 * (1 + dice.below(weeks - 1)) : Integer.MAX_VALUE;
      int later = changes ? ending(price / 100.0 * dice.one(0.9, 1.08, 1.12, 1.18)) : price;
      boolean moves = rank == 7 && type.number() % 20 == 3 && type.number() > 0;
      int life = (int) row.number("life");
      return new Article(
          number,
          type.department(),
          type.number(),
          brand[0] + " " + type.name() + " " + variant[0] + " " + size,
          brand[1] + variant[1] + type.nameZh() + " " + size,
          brand[0],
          size,
          price,
          later,
          changeDay,
          moves ? type.number() - 1 : -1,
          moves ? days / 2 : Integer.MAX_VALUE,
          (int) Math.round(price * (1 - row.number("margin"))),
          type.elasticity(),
          weight,
          row.number("returns"),
          row.text("unit").equals("kg"),
          life,
          type.season(),
          row.text("unit").equals("kg") ? "physical" : kind(row),
          kind(row).equals("count") ? uses(size) : 0,
          kind(row).equals("time") ? uses(size) : kind(row).equals("count") ? 365 : 0,
          type.category().equals("tiles") ? 30 : type.name().equals("laminate") ? 12 : 1,
          life > 0 && life <= 7 ? 1 : 2 + dice.below(4),
          row.text("formats"),
          ruled,
          Article.id(number));
    }

    private static String kind(Resource.Row row) {
      String unit = row.text("unit");
      return unit.equals("count") || unit.equals("time") ? unit : "physical";
    }

    /** "10 uses" or "30 days". */
    private static int uses(String size) {
      return Integer.parseInt(size.substring(0, size.indexOf(' ')));
    }

    /** A price as shops make them: tenths below ten yuan, …9 above, in fen. */
    private static int ending(double yuan) {
      if (yuan < 10) {
        return Math.max(50, (int) Math.round(yuan * 10) * 10);
      }
      if (yuan < 100) {
        return (int) Math.round(yuan) * 100 - 10;
      }
      return (int) Math.round(yuan / 10) * 1_000 - 100;
    }

    Catalog build() {
      List<BasketRule> rules = new ArrayList<>();
      for (Object[] rule : RULES) {
        int antecedent = ruled((String) rule[0]);
        int consequent = ruled((String) rule[1]);
        rules.add(
            new BasketRule(
                (Format) rule[2],
                antecedent,
                consequent,
                (Double) rule[3],
                (Double) rule[4],
                (Double) rule[5]));
      }
      return new Catalog(List.copyOf(departments.values()), types, articles, rules);
    }

    private int ruled(String typeName) {
      Type type = types.stream().filter(t -> t.name().equals(typeName)).findFirst().orElseThrow();
      articles.add(article(rows.get(type.number()), type, 0, 0, true));
      return articles.size() - 1;
    }
  }
}
