package storefact.simulator.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import storefact.simulator.chain.Chain.Area;
import storefact.simulator.chain.Chain.StoreSite;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.chain.Format;
import storefact.simulator.random.Dice;

/** Draws the members of an area. */
public final class Population {

  private static final String[] SURNAMES =
      "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡"
          .split(" ", -1);
  private static final String[] FEMALE =
      "秀英 丽 敏 静 娟 艳 芳 娜 秀兰 霞 雪 玲 婷 欣怡 雨桐 梓涵 佳怡 慧 洁 梅 倩 琳 莉 萍 红 子萱 晓燕 美玲".split(" ", -1);
  private static final String[] MALE =
      "伟 强 磊 军 勇 杰 涛 超 明 刚 平 辉 鹏 浩然 子轩 宇航 俊杰 建国 建华 志强 海涛 文博 晨 斌 波 宁 家豪 天宇".split(" ", -1);
  private static final String[] INCOMES = {"<60K", "60-120K", "120-200K", "200-350K", ">350K"};
  private static final String[] OCCUPATIONS = {
    "office worker", "teacher", "engineer", "shop owner", "driver", "nurse", "retired", "student"
  };
  private static final String[] INDUSTRIES = {
    "manufacturing", "education", "software", "trade", "transport", "health", "none", "none"
  };

  private final ChainParameters parameters;
  private final ChainCalendar calendar;
  private final Area area;
  private final int departments;
  private final Dice dice;

  /** The population of an area under a seed. */
  public Population(
      long seed, ChainParameters parameters, ChainCalendar calendar, Area area, int departments) {
    this.parameters = parameters;
    this.calendar = calendar;
    this.area = area;
    this.departments = departments;
    this.dice = Dice.of(seed, "population", area.number());
  }

  /** All members of the area, ordered by the day on which they join. */
  public List<Customer> draw() {
    int count = area.members();
    int[] joined = new int[count];
    int joinDays = Math.max(1, calendar.days() * 3 / 4);
    for (int i = 0; i < count; i++) {
      joined[i] =
          dice.chance(parameters.foundingShare()) ? -dice.below(1_000) - 1 : dice.below(joinDays);
    }
    Arrays.sort(joined);
    List<Customer> customers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      customers.add(new Customer(customer(i, joined[i])));
    }
    return customers;
  }

  /** What is drawn for a member. */
  static final class Draw {
    int index;
    int joined;
    double visitsPerDay;
    double leaving;
    boolean regular;
    double spendRate;
    float[] tastes;
    float[] formats;
    boolean company;
    boolean female;
    LocalDate birthday;
    boolean lunarBirthday;
    int[] birthdays;
    double satisfaction;
    boolean managed;
    boolean followed;
    boolean sms;
    boolean holdsCard;
    int homeConvenience;
    int community;
    int house;
    double toNextVisit;
    Customer.Person person;
  }

  private Draw customer(int index, int joined) {
    Draw d = new Draw();
    d.index = index;
    d.joined = joined;
    d.visitsPerDay = dice.gamma(parameters.visitShape(), 1 / parameters.visitRateWeeks()) / 7;
    d.leaving = dice.beta(parameters.leavingA(), parameters.leavingB());
    d.regular = dice.chance(parameters.regularShare());
    // A founding member is met in the middle of an interval; a new one buys on joining.
    d.toNextVisit = joined < 0 ? interval(d.regular) * (d.regular ? dice.uniform() : 1) : 0;
    d.spendRate = dice.gamma(parameters.spendMemberShape(), 1 / parameters.spendMemberScale());
    d.tastes = tastes(parameters, departments, dice);
    boolean building = area.stores().stream().anyMatch(s -> s.format() == Format.BUILDING);
    d.company = building && dice.chance(parameters.decorationShare());
    d.formats = formats(d.company);
    d.female = dice.chance(0.58);
    d.birthday = LocalDate.of(1945 + dice.below(61), 1, 1).plusDays(dice.below(365));
    d.lunarBirthday = dice.chance(parameters.lunarBirthdayShare());
    d.birthdays = birthdays(d.birthday, d.lunarBirthday);
    d.satisfaction = 0.8 * dice.normal();
    d.managed = d.company || dice.chance(parameters.managedShare());
    d.followed = d.managed && dice.chance(parameters.followedShare());
    d.sms = dice.chance(0.7);
    d.holdsCard = dice.chance(parameters.cardShare());
    List<StoreSite> convenience =
        area.stores().stream().filter(s -> s.format() == Format.CONVENIENCE).toList();
    d.homeConvenience = convenience.isEmpty() ? 0 : dice.below(convenience.size());
    d.community = dice.below(area.communities().size());
    d.house = 1 + dice.below(40);
    d.person = person(d);
    return d;
  }

  /** Draws somebody's tastes: a factor per department, of mean 1. */
  public static float[] tastes(ChainParameters parameters, int departments, Dice dice) {
    float[] tastes = new float[departments];
    for (int i = 0; i < departments; i++) {
      tastes[i] = (float) dice.gamma(parameters.tasteShape(), 1 / parameters.tasteShape());
    }
    return tastes;
  }

  /** Time to the next visit in mean intervals: exponential, gamma of the same mean if regular. */
  private double interval(boolean regular) {
    return regular
        ? dice.gamma(parameters.regularity(), 1 / parameters.regularity())
        : dice.exponential();
  }

  private float[] formats(boolean company) {
    double[] usual = {
      parameters.hypermarketVisits(), parameters.convenienceVisits(), parameters.buildingVisits()
    };
    double shape = parameters.formatLeaning();
    float[] shares = new float[Format.values().length];
    float sum = 0;
    for (Format format : Format.values()) {
      boolean there = area.stores().stream().anyMatch(s -> s.format() == format);
      double share = usual[format.index()] * dice.gamma(shape, 1 / shape);
      if (company) {
        share = format == Format.BUILDING ? 0.9 : 0.05;
      }
      shares[format.index()] = there ? (float) share : 0;
      sum += shares[format.index()];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** Days on which the birthday is celebrated, ascending. */
  private int[] birthdays(LocalDate born, boolean lunar) {
    int monthDay = lunar ? ChainCalendar.lunar(born) : 0;
    List<Integer> found = new ArrayList<>();
    for (int year = calendar.first().getYear() - 1;
        year <= calendar.date(calendar.days()).getYear();
        year++) {
      LocalDate date =
          lunar
              ? ChainCalendar.solar(year, monthDay / 100, monthDay % 100)
              : LocalDate.of(year, born.getMonth(), 1).plusDays(born.getDayOfMonth() - 1L);
      int day = calendar.day(date);
      if (day >= 0 && day < calendar.days() + 7) {
        found.add(day);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private Customer.Person person(Draw d) {
    int age = calendar.first().getYear() - d.birthday.getYear();
    String band =
        age < 25
            ? "19-24"
            : age < 35
                ? "25-34"
                : age < 45 ? "35-44" : age < 55 ? "45-54" : age < 65 ? "55-64" : "65+";
    int work = age < 23 ? 7 : age > 60 ? 6 : dice.below(6);
    boolean married = age > 24 && dice.chance(0.75);
    int children = married ? Math.min(2, dice.poisson(0.9)) : 0;
    String surname = dice.one(SURNAMES);
    String name = surname + (d.female ? dice.one(FEMALE) : dice.one(MALE));
    String title = area.cityZh() + surname + "氏装饰有限公司";
    int income = Math.max(0, Math.min(4, (int) Math.round(1.6 + dice.normal())));
    // One in five lives with the member before, if the two moved in the same way.
    int household = d.index - (d.index > 0 && dice.chance(0.2) ? 1 : 0);
    return new Customer.Person(
        d.company ? title : name,
        band,
        INCOMES[income],
        dice.chance(0.7) ? "owner" : "renter",
        married ? "married" : "single",
        1 + (married ? 1 : 0) + children,
        children,
        dice.one("school", "college", "bachelor", "bachelor", "master"),
        OCCUPATIONS[work],
        INDUSTRIES[work],
        dice.one("till", "till", "app", "app", "campaign"),
        household,
        13_000_000_000L + dice.below(1_000_000_000));
  }
}
