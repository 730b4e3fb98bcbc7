package storefact.simulator;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storefact.event.CampaignMember;
import storefact.event.Complaint;
import storefact.event.Consent;
import storefact.event.CouponRedemption;
import storefact.event.EventWriter;
import storefact.event.FollowUp;
import storefact.event.Member;
import storefact.event.Message;
import storefact.event.ServiceUse;
import storefact.event.SurveyAnswer;
import storefact.simulator.chain.Chain.Area;
import storefact.simulator.chain.Chain.StoreSite;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.goods.Article;
import storefact.simulator.goods.CampaignPlan;
import storefact.simulator.output.DropFolder;
import storefact.simulator.population.Customer;
import storefact.simulator.random.Dice;

/**
 * What an area's members and the chain have to say to each other: registration, consent, campaigns,
 * messages, complaints, surveys, follow-ups; and the services that members use up.
 */
final class CustomerCare implements AutoCloseable {

  private static final int SURVEY_EVERY_DAYS = 182;
  private static final int SURVEY_DAY = 90;
  private static final double SURVEYED = 0.05;
  private static final double FOLLOW_UPS_PER_DAY = 1.0 / 30;
  private static final int NOON = 12 * 3_600;

  /** What surveys ask about, how much it matters, and how the chain does by it: both 1 to 5. */
  private static final Object[][] ATTRIBUTES = {
    {"price", 4.6, 3.4},
    {"freshness", 4.4, 3.9},
    {"choice", 3.8, 4.1},
    {"queue", 3.9, 2.9},
    {"staff", 3.5, 3.8},
    {"cleanliness", 3.7, 4.2},
    {"parking", 2.8, 3.1},
    {"app", 2.6, 3.6}
  };

  private static final String[] COMPLAINT_KINDS = {
    "goods", "price", "service", "waiting", "out of stock"
  };
  private static final String[] COMPLAINT_TEXTS = {
    "买回家发现商品不新鲜，要求退货。", "货架标价和收银价格不一致。", "店员态度不好，问了两次都没人理。", "排队结账等了半个多小时。", "想买的商品连续几天缺货。"
  };
  private static final String[] QUESTIONS = {"请问今天营业到几点？", "我的积分什么时候过期？", "可以送货上门吗？", "发票怎么开？"};

  private final World world;
  private final Area area;
  private final ChainParameters parameters;
  private final ChainCalendar calendar;
  private final Dice dice;
  private final EventWriter<Member> members;
  private final EventWriter<Consent> consents;
  private final EventWriter<CampaignMember> campaignMembers;
  private final EventWriter<CouponRedemption> redemptions;
  private final EventWriter<Message> messages;
  private final EventWriter<Complaint> complaints;
  private final EventWriter<SurveyAnswer> answers;
  private final EventWriter<FollowUp> followUps;
  private final EventWriter<ServiceUse> uses;
  private long number;
  private long events;
  private int today;

  CustomerCare(World world, Area area, DropFolder drop, Dice dice) throws IOException {
    this.world = world;
    this.area = area;
    this.parameters = world.parameters();
    this.calendar = world.calendar();
    this.dice = dice;
    String folder = area.folder();
    members = drop.writer(folder, folder, Member.class);
    consents = drop.writer(folder, folder, Consent.class);
    campaignMembers = drop.writer(folder, folder, CampaignMember.class);
    redemptions = drop.writer(folder, folder, CouponRedemption.class);
    messages = drop.writer(folder, folder, Message.class);
    complaints = drop.writer(folder, folder, Complaint.class);
    answers = drop.writer(folder, folder, SurveyAnswer.class);
    followUps = drop.writer(folder, folder, FollowUp.class);
    uses = drop.writer(folder, folder, ServiceUse.class);
  }

  long events() {
    return events;
  }

  private String next(String prefix) {
    events++;
    return prefix + area.number() + "-" + ++number;
  }

  private Instant at(int day, int localSecond) {
    return Instant.ofEpochSecond(
        calendar.epochDay(day) * 86_400L + localSecond - AreaRun.UTC_SECONDS);
  }

  /** A member joins: register and consents. */
  void join(Customer customer) throws IOException {
    register(customer, calendar.date(customer.joined));
    Instant at = at(customer.joined, NOON);
    String source = customer.person.channel();
    String member = AreaRun.member(area, customer);
    consent(member, "sms", at, customer.sms, source);
    consent(member, "mail", at, dice.chance(0.3), source);
    consent(member, "phone", at, customer.managed, source);
    consent(member, "profiling", at, dice.chance(0.6), source);
  }

  private void consent(String member, String channel, Instant at, boolean given, String source)
      throws IOException {
    consents.write(new Consent(member, channel, at, given, Optional.of(source), 1));
    events++;
  }

  /** What the register says from a day on. */
  void register(Customer customer, LocalDate from) throws IOException {
    Customer.Person person = customer.person;
    var community = area.communities().get(customer.community);
    StoreSite joining = area.stores().get(customer.index % area.stores().size());
    String age = person.ageBand();
    members.write(
        new Member(
            AreaRun.member(area, customer),
            SalesFile.card(AreaRun.card(area, customer)),
            Optional.of(person.name()),
            customer.company ? Optional.empty() : Optional.of(age),
            customer.company ? Optional.empty() : Optional.of(person.incomeBand()),
            Optional.of(person.homeOwnership()),
            customer.company ? Optional.empty() : Optional.of(person.maritalStatus()),
            Optional.of(Integer.toString(person.householdSize())),
            Optional.of(
                person.children() > 0
                    ? "family with children"
                    : person.householdSize() > 1 ? "couple" : "single"),
            Optional.of(Integer.toString(person.children())),
            from,
            customer.company ? "decoration company" : "person",
            customer.company ? Optional.empty() : Optional.of(customer.female ? "female" : "male"),
            customer.company ? Optional.empty() : Optional.of(customer.birthday),
            !customer.company && customer.lunarBirthday,
            Optional.of(Long.toString(person.phone())),
            Optional.empty(),
            Optional.of(person.education()),
            Optional.of(person.occupation()),
            Optional.of(person.industry()),
            Optional.of("H" + area.number() + "-" + person.household()),
            Optional.of(community.id()),
            Optional.of("China"),
            Optional.of(area.province()),
            Optional.of(area.city()),
            Optional.of(area.district()),
            Optional.of(community.nameZh() + customer.house + "号楼"),
            Optional.of(person.channel()),
            Optional.of(joining.id()),
            Optional.of(calendar.date(customer.joined)),
            customer.managed ? Optional.of(manager(customer)) : Optional.empty(),
            1));
    events++;
  }

  private String manager(Customer customer) {
    return "CM" + area.number() + "-" + (1 + customer.index % 3);
  }

  /** What happens to members on a day before the stores open. */
  void morning(int day, List<Customer> customers) throws IOException {
    today = day;
    if (day == 0) {
      // The founding members are not registered yet.
      return;
    }
    int there = customers.size();
    changes(day, customers, parameters.movesPerYear() * there / 365, true);
    changes(day, customers, parameters.newCardsPerYear() * there / 365, false);
    withdrawConsents(day, customers, 0.04 * there / 365);
    for (int i = 0; i < world.campaigns().campaigns().size(); i++) {
      CampaignPlan.Campaign campaign = world.campaigns().campaigns().get(i);
      if (campaign.first() == day) {
        address(campaign, i, customers);
      }
    }
    if (day % SURVEY_EVERY_DAYS == SURVEY_DAY) {
      survey(customers);
    }
  }

  private void changes(int day, List<Customer> customers, double mean, boolean move)
      throws IOException {
    for (int n = dice.poisson(mean); n > 0; n--) {
      Customer customer = customers.get(dice.below(customers.size()));
      // A member's two rows of one day would be one: who joins today changes nothing today.
      if (customer.isThere(day) && customer.joined < day && customer.changed != day) {
        customer.changed = day;
        if (move) {
          customer.community = dice.below(area.communities().size());
          customer.house = 1 + dice.below(40);
        } else if (customer.cardSerial < 9) {
          customer.cardSerial++;
        }
        register(customer, calendar.date(day));
      }
    }
  }

  private void withdrawConsents(int day, List<Customer> customers, double mean) throws IOException {
    for (int n = dice.poisson(mean); n > 0; n--) {
      Customer customer = customers.get(dice.below(customers.size()));
      if (customer.isThere(day) && customer.joined < day && customer.sms) {
        customer.sms = false;
        consent(AreaRun.member(area, customer), "sms", at(day, NOON + n), false, "app");
      }
    }
  }

  private void address(CampaignPlan.Campaign campaign, int index, List<Customer> customers)
      throws IOException {
    for (Customer customer : customers) {
      if (customer.sms
          && customer.isThere(today)
          && customer.joined < today
          && dice.chance(parameters.campaignReach())) {
        customer.campaign = index;
        customer.couponsUsed = 0;
        String member = AreaRun.member(area, customer);
        campaignMembers.write(new CampaignMember(campaign.id(), member, 1));
        events++;
        message(
            customer,
            at(today, 9 * 3_600),
            "to_member",
            "sms",
            null,
            "campaign " + campaign.id(),
            "会员专享优惠券已到账，请在活动期内使用。");
      }
    }
  }

  private String message(
      Customer customer,
      Instant at,
      String direction,
      String channel,
      String answered,
      String topic,
      String text)
      throws IOException {
    String id = next("N");
    messages.write(
        new Message(
            id,
            at,
            AreaRun.member(area, customer),
            direction,
            channel,
            Optional.ofNullable(answered),
            Optional.of(topic),
            Optional.of(text),
            1));
    return id;
  }

  /** A greeting on the eve of a birthday, to who agreed to messages. */
  void greet(Customer customer) throws IOException {
    if (customer.sms && !customer.company) {
      message(
          customer,
          at(today, 10 * 3_600),
          "to_member",
          "sms",
          null,
          "birthday",
          "祝您生日快乐！到店可享双倍积分。");
    }
  }

  private void survey(List<Customer> customers) throws IOException {
    String survey = "SV" + calendar.date(today).getYear() + "-" + (1 + today / SURVEY_EVERY_DAYS);
    for (Customer customer : customers) {
      if (!customer.isThere(today) || !dice.chance(SURVEYED)) {
        continue;
      }
      String sheet = next("Q");
      events--;
      StoreSite store = area.stores().get(dice.below(area.stores().size()));
      int second = 10 * 3_600 + dice.below(8 * 3_600);
      for (Object[] attribute : ATTRIBUTES) {
        double matters = (Double) attribute[1] + 0.6 * dice.normal();
        double content =
            (Double) attribute[2]
                + 0.5 * (customer.satisfaction + store.quality())
                + 0.6 * dice.normal();
        answers.write(
            new SurveyAnswer(
                survey,
                sheet,
                (String) attribute[0],
                at(today, second),
                Optional.of(AreaRun.member(area, customer)),
                Optional.of(store.id()),
                mark(matters),
                mark(content),
                1));
        events++;
      }
    }
  }

  private static int mark(double value) {
    return (int) Math.max(1, Math.min(5, Math.round(value)));
  }

  /** Customer managers call those who were drawn to be followed up, about once a month. */
  void followUp(int day, List<Customer> followed) throws IOException {
    for (Customer customer : followed) {
      if (customer.joined >= day || !dice.chance(FOLLOW_UPS_PER_DAY)) {
        continue;
      }
      // Who has left for good can still be called; it does not help.
      boolean there = customer.isThere(day);
      String effect;
      double what = dice.uniform();
      if (what < 0.2 || (!there && what < 0.6)) {
        effect = "unreachable";
      } else if (!there) {
        effect = dice.chance(0.5) ? "refused" : "none";
      } else {
        customer.followUpUntil = day + parameters.followUpDays();
        effect = dice.one("none", "interested", "interested", "purchase");
      }
      String means = dice.one("phone", "phone", "message", customer.company ? "visit" : "store");
      followUps.write(
          new FollowUp(
              calendar.date(day),
              next("F"),
              at(day, 9 * 3_600 + dice.below(8 * 3_600)),
              manager(customer),
              AreaRun.member(area, customer),
              Optional.of(area.communities().get(customer.community).id()),
              Optional.of(customer.person.name()),
              means,
              effect,
              Optional.empty(),
              1));
    }
  }

  /** After a visit: a complaint, a question, a use of a service. */
  void visited(
      Customer customer, StoreSite store, int day, long soldAt, List<Article> bought, int lines)
      throws IOException {
    double mood = customer.satisfaction + store.quality();
    if (dice.chance(
        Math.min(0.5, parameters.complaints() * Math.exp(-parameters.complaintSlope() * mood)))) {
      complain(customer, store, soldAt, bought.get(dice.below(lines)), mood);
    }
    if (dice.chance(0.0015)) {
      Instant asked = Instant.ofEpochSecond(soldAt + 3_600 + dice.below(7_200));
      String question =
          message(customer, asked, "from_member", "app", null, "question", dice.one(QUESTIONS));
      if (dice.chance(0.9)) {
        message(
            customer,
            asked.plusSeconds(300 + (long) (3_600 * dice.exponential())),
            "to_member",
            "app",
            question,
            "question",
            "您好，已为您查询，详情请见会员中心。");
      }
    }
    usePass(customer, store, day, soldAt);
  }

  private void complain(
      Customer customer, StoreSite store, long soldAt, Article article, double mood)
      throws IOException {
    int kind = dice.below(COMPLAINT_KINDS.length);
    String id = next("T");
    Instant opened = Instant.ofEpochSecond(soldAt + 600 + dice.below(36_000));
    int severity = mood < -1 ? 3 : mood < 0.3 ? 2 : 1;
    Complaint complaint =
        new Complaint(
            id,
            opened,
            Optional.of(AreaRun.member(area, customer)),
            Optional.of(store.id()),
            kind == 0 ? Optional.of(article.id()) : Optional.empty(),
            COMPLAINT_KINDS[kind],
            severity,
            Optional.of(COMPLAINT_TEXTS[kind]),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    complaints.write(complaint);
    boolean well = dice.chance(0.7);
    if (!well && dice.chance(parameters.leavingAfterComplaint())) {
      customer.left = Math.min(customer.left, today);
    }
    if (well || dice.chance(0.5)) {
      events++;
      complaints.write(
          new Complaint(
              complaint.complaint(),
              opened,
              complaint.member(),
              complaint.store(),
              complaint.goods(),
              complaint.kind(),
              severity,
              complaint.text(),
              Optional.of(
                  opened.plusSeconds(
                      (long) (86_400 * (0.3 + (well ? 1 : 5) * dice.exponential())))),
              Optional.of(well ? dice.one("refund", "exchange", "apology", "voucher") : "rejected"),
              Optional.of("D" + area.number() + "-" + (1 + dice.below(3))),
              2));
    }
  }

  /** A member buys a service; one pass is carried at a time, a new one replaces the old. */
  void bought(Customer customer, Article service, String pass, int day) {
    customer.pass =
        new Customer.Pass(
            pass,
            service.id(),
            service.kind().equals("count"),
            day + service.days(),
            service.uses());
  }

  private void usePass(Customer customer, StoreSite store, int day, long soldAt)
      throws IOException {
    Customer.Pass pass = customer.pass;
    if (pass == null || !dice.chance(0.6)) {
      return;
    }
    if (day > pass.until || (pass.counted && pass.usesLeft == 0)) {
      customer.pass = null;
      return;
    }
    pass.usesLeft--;
    uses.write(
        new ServiceUse(
            store.id(),
            calendar.date(day),
            next("U"),
            Instant.ofEpochSecond(soldAt + 120),
            pass.id,
            pass.goods,
            Optional.of(AreaRun.member(area, customer)),
            1,
            1,
            false));
  }

  /** A coupon was redeemed at a till. */
  void redeemed(Customer customer, CampaignPlan.Campaign campaign, CampaignPlan.Coupon coupon)
      throws IOException {
    redemptions.write(
        new CouponRedemption(
            campaign.id(),
            coupon.id(),
            AreaRun.member(area, customer),
            calendar.date(today),
            1,
            1));
    events++;
  }

  @Override
  public void close() throws IOException {
    List<AutoCloseable> all =
        new ArrayList<>(
            List.of(
                members,
                consents,
                campaignMembers,
                redemptions,
                messages,
                complaints,
                answers,
                followUps,
                uses));
    for (AutoCloseable writer : all) {
      try {
        writer.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
