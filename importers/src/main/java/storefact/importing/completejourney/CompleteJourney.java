package storefact.importing.completejourney;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import storefact.event.Campaign;
import storefact.event.CampaignCoupon;
import storefact.event.CampaignMember;
import storefact.event.CouponRedemption;
import storefact.event.Goods;
import storefact.event.Member;
import storefact.event.Store;

/** The whole data set as our events; the transactions in columns, for there are many. */
record CompleteJourney(
    Transactions transactions,
    List<Store> stores,
    List<Goods> goods,
    List<Member> members,
    List<Campaign> campaigns,
    List<CampaignMember> campaignMembers,
    List<CampaignCoupon> campaignCoupons,
    List<CouponRedemption> redemptions,
    ImportFacts facts) {

  /** Tables of the source. */
  static final int TABLES = 8;

  /**
   * Reads all tables; of the promotions no more than their number.
   *
   * @param progress gets the number of tables read so far
   */
  static CompleteJourney read(Wheel wheel, IntConsumer progress) throws IOException {
    progress.accept(0);
    try (ParquetTable transactionTable = wheel.table("transactions");
        ParquetTable products = wheel.table("products");
        ParquetTable demographics = wheel.table("demographics");
        ParquetTable campaignTable = wheel.table("campaigns");
        ParquetTable descriptions = wheel.table("campaign_descriptions");
        ParquetTable couponTable = wheel.table("coupons");
        ParquetTable redemptionTable = wheel.table("coupon_redemptions")) {
      Transactions transactions = Transactions.read(transactionTable);
      progress.accept(1);
      List<Goods> goods = MasterData.goods(products);
      progress.accept(2);
      int[] addressed = campaignTable.ints("household_id");
      int[] redeeming = redemptionTable.ints("household_id");
      List<Member> members =
          MasterData.members(
              demographics, List.of(transactions.households(), addressed, redeeming));
      progress.accept(3);
      List<Store> stores = MasterData.stores(transactions.stores());
      List<Campaign> campaigns = Campaigns.campaigns(descriptions);
      progress.accept(4);
      List<CampaignMember> campaignMembers =
          Campaigns.members(campaignTable.ints("campaign_id"), addressed);
      progress.accept(5);
      List<CampaignCoupon> coupons =
          Campaigns.coupons(
              couponTable.ints("campaign_id"),
              couponTable.longs("coupon_upc"),
              couponTable.ints("product_id"));
      progress.accept(6);
      List<CouponRedemption> redemptions =
          Campaigns.redemptions(
              redemptionTable.ints("campaign_id"),
              redemptionTable.longs("coupon_upc"),
              redeeming,
              redemptionTable.seconds("redemption_date"));
      progress.accept(7);
      ImportFacts facts =
          new ImportFacts(
              transactions.size(),
              transactions.receipts(),
              members.size(),
              stores.size(),
              transactions.salesValue(),
              transactions.zeroQuantityLines(),
              goods.size(),
              campaigns.size(),
              campaignMembers.size(),
              coupons.size(),
              couponTable.rows() - coupons.size(),
              redemptions.size(),
              promotions(wheel));
      progress.accept(TABLES);
      return new CompleteJourney(
          transactions,
          stores,
          goods,
          members,
          campaigns,
          campaignMembers,
          coupons,
          redemptions,
          facts);
    }
  }

  private static int promotions(Wheel wheel) throws IOException {
    try (ParquetTable promotions = wheel.table("promotions")) {
      return promotions.rows();
    }
  }

  /** Events of the drop, all streams together. */
  long events() {
    return (long) transactions.size()
        + stores.size()
        + goods.size()
        + members.size()
        + campaigns.size()
        + campaignMembers.size()
        + campaignCoupons.size()
        + redemptions.size();
  }
}
