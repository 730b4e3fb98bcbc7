package storefact.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import storefact.event.Campaign;
import storefact.event.CampaignCoupon;
import storefact.event.Category;
import storefact.event.Community;
import storefact.event.EventWriter;
import storefact.event.Goods;
import storefact.event.Partner;
import storefact.event.Promotion;
import storefact.event.SalesTarget;
import storefact.event.Store;
import storefact.simulator.chain.Alliance;
import storefact.simulator.chain.Chain;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.chain.Format;
import storefact.simulator.goods.Article;
import storefact.simulator.goods.BasketRule;
import storefact.simulator.goods.CampaignPlan;
import storefact.simulator.goods.Catalog;
import storefact.simulator.goods.PromotionPlan;
import storefact.simulator.goods.Shelf;
import storefact.simulator.output.DropFolder;
import storefact.simulator.random.Dice;
import storefact.simulator.truth.TruthTable;
import storefact.simulator.truth.TruthWriter;

/** Writes what the headquarters of a simulated chain sends, and the truth about the chain. */
final class Headquarters {

  private static final String FOLDER = "headquarters";
  private static final String NAME = "simulated";
  private static final LocalDate LISTED = LocalDate.of(2000, 1, 1);

  private final World world;
  private final ChainCalendar calendar;
  private final DropFolder drop;
  private final Path truth;
  private long events;

  Headquarters(World world, DropFolder drop) {
    this.world = world;
    this.calendar = world.calendar();
    this.drop = drop;
    this.truth = world.settings().truth();
  }

  /** Writes everything; answers the number of events. */
  long write() throws IOException {
    stores();
    categories();
    goods();
    communities();
    partners();
    campaigns();
    promotions();
    targets();
    parameters();
    days();
    rules();
    return events;
  }

  private <E extends Record & storefact.event.Event> EventWriter<E> writer(Class<E> type)
      throws IOException {
    return drop.writer(FOLDER, NAME, type);
  }

  private TruthWriter truth(TruthTable table) throws IOException {
    return new TruthWriter(truth, table, NAME);
  }

  private void stores() throws IOException {
    try (EventWriter<Store> out = writer(Store.class);
        TruthWriter about = truth(TruthTable.STORE)) {
      out.write(
          new Store(
              "HQ",
              Optional.of("Headquarters"),
              Optional.of("总部"),
              Optional.of("headquarters"),
              Optional.empty(),
              Optional.of("China"),
              Optional.of("Shanghai"),
              Optional.of("Shanghai"),
              Optional.of("Huangpu"),
              Optional.of("East China"),
              Optional.of(calendar.first().minusDays(3_000)),
              Optional.empty(),
              Optional.empty(),
              1));
      events++;
      for (Chain.Area area : world.chain().areas()) {
        for (Chain.StoreSite site : area.stores()) {
          out.write(
              new Store(
                  site.id(),
                  Optional.of(
                      area.city()
                          + " "
                          + area.district()
                          + " "
                          + site.format().words()
                          + " "
                          + site.number()),
                  Optional.of(
                      area.cityZh()
                          + area.districtZh()
                          + site.format().wordsZh()
                          + site.number()
                          + "店"),
                  Optional.of("branch"),
                  Optional.of(site.format().words()),
                  Optional.of("China"),
                  Optional.of(area.province()),
                  Optional.of(area.city()),
                  Optional.of(area.district()),
                  Optional.of(area.region()),
                  Optional.of(site.opened()),
                  Optional.empty(),
                  Optional.of(BigDecimal.valueOf(site.format().squareMetres())),
                  1));
          events++;
          about.row(site.id(), site.quality());
        }
      }
    }
  }

  private void categories() throws IOException {
    try (EventWriter<Category> out = writer(Category.class);
        TruthWriter about = truth(TruthTable.CATEGORY)) {
      Catalog catalog = world.catalog();
      for (Catalog.Department department : catalog.departments()) {
        category(out, 1, department.name(), department.nameZh());
      }
      Set<String> seen = new TreeSet<>();
      for (Catalog.Type type : catalog.types()) {
        if (seen.add(type.category())) {
          category(out, 2, type.category(), type.categoryZh());
        }
      }
      for (Catalog.Type type : catalog.types()) {
        category(out, 3, type.name(), type.nameZh());
        about.row(
            catalog.departments().get(type.department()).name(),
            type.category(),
            type.name(),
            type.elasticity(),
            type.season().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private void category(EventWriter<Category> out, int level, String name, String zh)
      throws IOException {
    out.write(new Category(level, name, Optional.of(name), Optional.of(zh), 1));
    events++;
  }

  private void goods() throws IOException {
    try (EventWriter<Goods> out = writer(Goods.class);
        TruthWriter about = truth(TruthTable.GOODS)) {
      for (Article article : world.catalog().articles()) {
        goods(out, article, LISTED, article.price(), article.type());
        if (article.changeDay() < calendar.days()) {
          int type = article.moveDay() <= article.changeDay() ? article.movedTo() : article.type();
          goods(out, article, calendar.date(article.changeDay()), article.laterPrice(), type);
        }
        if (article.moveDay() < calendar.days() && article.moveDay() != article.changeDay()) {
          goods(
              out,
              article,
              calendar.date(article.moveDay()),
              article.price(article.moveDay()),
              article.movedTo());
        }
        about.row(
            article.id(),
            world.catalog().types().get(article.type()).name(),
            BigDecimal.valueOf(article.price(), 2),
            BigDecimal.valueOf(article.cost(), 2),
            article.weight(),
            article.returns());
      }
    }
  }

  private void goods(
      EventWriter<Goods> out, Article article, LocalDate from, int price, int typeNumber)
      throws IOException {
    Catalog catalog = world.catalog();
    Catalog.Type type = catalog.types().get(typeNumber);
    out.write(
        new Goods(
            article.id(),
            Optional.of(article.name()),
            Optional.of(catalog.departments().get(type.department()).name()),
            Optional.of(type.category()),
            Optional.of(type.name()),
            Optional.of(article.brand()),
            Optional.of(article.brand() + " Co."),
            Optional.of(article.size()),
            from,
            Optional.of(article.nameZh()),
            article.kind(),
            article.uses(),
            article.days(),
            Optional.of(BigDecimal.valueOf(price, 2)),
            Optional.of(BigDecimal.valueOf(article.cost(), 2)),
            article.isPhysical()
                ? Optional.of(BigDecimal.valueOf(article.leadDays()))
                : Optional.empty(),
            1));
    events++;
  }

  private void communities() throws IOException {
    try (EventWriter<Community> out = writer(Community.class)) {
      for (Chain.Area area : world.chain().areas()) {
        List<Chain.StoreSite> stores = area.stores();
        int number = 0;
        for (Chain.Community community : area.communities()) {
          out.write(
              new Community(
                  community.id(),
                  Optional.of(community.name()),
                  Optional.of(community.nameZh()),
                  Optional.of("China"),
                  Optional.of(area.province()),
                  Optional.of(area.city()),
                  Optional.of(area.district()),
                  community.households(),
                  Optional.of(stores.get(number++ % stores.size()).id()),
                  1));
          events++;
        }
      }
    }
  }

  private void partners() throws IOException {
    try (EventWriter<Partner> out = writer(Partner.class)) {
      for (Alliance.Partner partner : world.alliance().partners()) {
        out.write(
            new Partner(
                partner.id(),
                Optional.of(partner.name()),
                Optional.of(partner.nameZh()),
                Optional.of(partner.kind()),
                partner.prefix(),
                calendar.first().minusDays(400),
                partner.last() < calendar.days()
                    ? Optional.of(calendar.date(partner.last()))
                    : Optional.empty(),
                1));
        events++;
      }
    }
  }

  private void campaigns() throws IOException {
    try (EventWriter<Campaign> out = writer(Campaign.class);
        EventWriter<CampaignCoupon> coupons = writer(CampaignCoupon.class);
        TruthWriter about = truth(TruthTable.CAMPAIGN)) {
      for (CampaignPlan.Campaign campaign : world.campaigns().campaigns()) {
        LocalDate first = calendar.date(campaign.first());
        LocalDate last = calendar.date(campaign.last());
        out.write(new Campaign(campaign.id(), Optional.of(campaign.kind()), first, last, 1));
        events++;
        about.row(campaign.id(), first, last, campaign.visits());
        for (CampaignPlan.Coupon coupon : campaign.coupons()) {
          coupons.write(new CampaignCoupon(campaign.id(), coupon.id(), coupon.article().id(), 1));
          events++;
        }
      }
    }
  }

  private void promotions() throws IOException {
    try (EventWriter<Promotion> out = writer(Promotion.class);
        TruthWriter about = truth(TruthTable.PROMOTION)) {
      for (PromotionPlan.Deal deal : world.promotions().deals()) {
        LocalDate first = calendar.date(deal.first());
        LocalDate last = calendar.date(deal.last());
        out.write(
            new Promotion(
                deal.id(),
                Optional.of(deal.kind() + " promotion " + first),
                Optional.of(first + " " + nameZh(deal.kind())),
                deal.kind(),
                first,
                last,
                deal.discount() == 0
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(Math.round(deal.discount() * 100), 2)),
                1));
        events++;
        about.row(deal.id(), deal.kind(), first, last, deal.discount(), deal.lift());
      }
    }
  }

  private static String nameZh(String kind) {
    return switch (kind) {
      case "price" -> "特价促销";
      case "display" -> "堆头陈列";
      case "mailer" -> "海报促销";
      default -> "买赠促销";
    };
  }

  /** Targets per store and month: what the parameters let expect, give or take a tenth. */
  private void targets() throws IOException {
    ChainParameters parameters = world.parameters();
    Dice dice = Dice.of(world.settings().seed(), "targets", 0);
    double receipt =
        parameters.spendShape()
            * parameters.spendMemberScale()
            / (parameters.spendMemberShape() - 1);
    try (EventWriter<SalesTarget> out = writer(SalesTarget.class)) {
      for (Chain.Area area : world.chain().areas()) {
        double visits =
            area.members()
                * parameters.foundingShare()
                * parameters.visitsPerDay()
                * (1 + parameters.guestsPerMemberVisit());
        for (Chain.StoreSite site : area.stores()) {
          long alike = area.stores().stream().filter(s -> s.format() == site.format()).count();
          double daily = visits * perVisit(site.format(), receipt) / alike;
          LocalDate month = calendar.first().withDayOfMonth(1);
          for (; calendar.day(month) < calendar.days(); month = month.plusMonths(1)) {
            double net = daily * month.lengthOfMonth() * (1 + 0.1 * dice.normal());
            out.write(
                new SalesTarget(
                    site.id(),
                    month,
                    "all",
                    BigDecimal.valueOf(Math.max(100, Math.round(net / 100) * 100)),
                    1));
            events++;
          }
        }
      }
    }
  }

  private double perVisit(Format format, double receipt) {
    ChainParameters p = world.parameters();
    return switch (format) {
      case HYPERMARKET -> p.hypermarketVisits() * receipt;
      case CONVENIENCE -> p.convenienceVisits() * receipt * p.convenienceSpend();
      case BUILDING -> p.buildingVisits() * receipt * p.buildingSpend();
    };
  }

  private void parameters() throws IOException {
    try (TruthWriter out = truth(TruthTable.PARAMETER)) {
      for (ChainParameters.Stated parameter : world.parameters().stated()) {
        out.row(
            parameter.name(),
            parameter.value(),
            parameter.unit(),
            parameter.about(),
            parameter.source());
      }
      out.row("seed", world.settings().seed(), "", "seed of all random numbers", "given");
      out.row(
          "faults", world.settings().faults(), "", "share of sales lines with a fault", "given");
    }
  }

  private void days() throws IOException {
    try (TruthWriter out = truth(TruthTable.DAY);
        TruthWriter seasons = truth(TruthTable.SEASON)) {
      for (int day = 0; day < calendar.days(); day++) {
        LocalDate date = calendar.date(day);
        out.row(date, ChainCalendar.weekday(date.getDayOfWeek()), calendar.festival(day));
        for (ChainCalendar.Season season : ChainCalendar.Season.values()) {
          seasons.row(
              date,
              season.name().toLowerCase(Locale.ROOT),
              calendar.demand(season, Shelf.midweek(calendar, day)));
        }
      }
    }
  }

  private void rules() throws IOException {
    try (TruthWriter out = truth(TruthTable.BASKET_RULE)) {
      List<Article> articles = world.catalog().articles();
      for (BasketRule rule : world.catalog().rules()) {
        out.row(
            rule.format().words(),
            articles.get(rule.antecedent()).id(),
            articles.get(rule.consequent()).id(),
            rule.antecedentShare(),
            rule.consequentShare(),
            rule.consequentWith(),
            rule.lift());
      }
    }
  }
}
