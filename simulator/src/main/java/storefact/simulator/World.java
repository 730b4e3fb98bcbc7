package storefact.simulator;

import storefact.simulator.chain.Alliance;
import storefact.simulator.chain.Chain;
import storefact.simulator.chain.ChainCalendar;
import storefact.simulator.chain.ChainParameters;
import storefact.simulator.goods.CampaignPlan;
import storefact.simulator.goods.Catalog;
import storefact.simulator.goods.PromotionPlan;

/** Everything that is settled before the first customer comes. Immutable, shared by all threads. */
record World(
    SimulationSettings settings,
    ChainParameters parameters,
    ChainCalendar calendar,
    Chain chain,
    Alliance alliance,
    Catalog catalog,
    PromotionPlan promotions,
    CampaignPlan campaigns) {

  static World of(SimulationSettings settings) {
    ChainParameters parameters = settings.parameters();
    ChainCalendar calendar = new ChainCalendar(settings.start(), settings.days());
    Catalog catalog = Catalog.of(settings.seed(), parameters, calendar);
    return new World(
        settings,
        parameters,
        calendar,
        Chain.of(settings.seed(), settings.stores(), settings.members(), settings.start()),
        new Alliance(calendar),
        catalog,
        PromotionPlan.of(settings.seed(), parameters, calendar, catalog),
        CampaignPlan.of(settings.seed(), parameters, calendar, catalog));
  }
}
