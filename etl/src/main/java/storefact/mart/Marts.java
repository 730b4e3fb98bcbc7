package storefact.mart;

import java.util.List;
import storefact.mart.goods.BrandSwitch;
import storefact.mart.goods.GoodsClass;
import storefact.mart.goods.GoodsDay;
import storefact.mart.goods.GoodsMonth;
import storefact.mart.goods.GoodsPair;
import storefact.mart.goods.GoodsSubstitute;
import storefact.mart.goods.GoodsWeek;
import storefact.mart.goods.MemberBrandMonth;
import storefact.mart.goods.MemberGoodsMonth;
import storefact.mart.loyalty.CardBalances;
import storefact.mart.loyalty.PointsBalances;
import storefact.mart.loyalty.PointsDay;
import storefact.mart.loyalty.PointsLotMonth;
import storefact.mart.loyalty.PointsMonth;
import storefact.mart.member.CardMonth;
import storefact.mart.member.MemberMonth;
import storefact.mart.member.MemberPurchases;
import storefact.mart.member.MemberRfm;
import storefact.mart.member.MemberShare;
import storefact.mart.member.MemberValueClass;
import storefact.mart.member.SegmentSize;
import storefact.mart.member.ValueClassMove;
import storefact.mart.money.CardDormancy;
import storefact.mart.money.CardLiability;
import storefact.mart.money.CashBook;
import storefact.mart.money.DepositSpend;
import storefact.mart.money.PointsBreakage;
import storefact.mart.money.PointsByAge;
import storefact.mart.money.PointsLiability;
import storefact.mart.promotion.PlacementLift;
import storefact.mart.promotion.PlacementMonth;
import storefact.mart.promotion.PromotionBuyer;
import storefact.mart.promotion.PromotionEffect;
import storefact.mart.promotion.PromotionPerformance;
import storefact.mart.promotion.PromotionTrial;
import storefact.mart.quality.RejectedLines;
import storefact.mart.returns.ReturnDetail;
import storefact.mart.returns.ReturnMonth;
import storefact.mart.returns.ReturnReasons;
import storefact.mart.returns.ReturnedSale;
import storefact.mart.sales.AreaMonth;
import storefact.mart.sales.CashierSales;
import storefact.mart.sales.CategoryMonth;
import storefact.mart.sales.DailySales;
import storefact.mart.sales.GoodsDistribution;
import storefact.mart.sales.GoodsGroupSales;
import storefact.mart.sales.GoodsSales;
import storefact.mart.sales.GroupGrowth;
import storefact.mart.sales.GroupMonth;
import storefact.mart.sales.HourlySales;
import storefact.mart.sales.ReceiptSales;
import storefact.mart.sales.ReceiptStatistics;
import storefact.mart.sales.RegionBenchmark;
import storefact.mart.sales.RevenueTree;
import storefact.mart.sales.SalesGrowth;
import storefact.mart.sales.SettledDay;
import storefact.mart.sales.SettledMonth;
import storefact.mart.sales.SettledWeek;
import storefact.mart.sales.StoreDay;
import storefact.mart.sales.StoreMonth;
import storefact.mart.season.GroupDay;
import storefact.mart.season.MarkdownEffect;
import storefact.mart.season.PriceElasticity;
import storefact.mart.season.SeasonIndex;
import storefact.mart.service.ServiceBalance;
import storefact.mart.service.ServiceMonth;
import storefact.mart.service.ServiceOutstanding;
import storefact.mart.service.ServicePass;
import storefact.mart.service.ServiceSale;
import storefact.mart.stock.DemandForecast;
import storefact.mart.stock.DemandHistory;
import storefact.mart.stock.ForecastAccuracy;
import storefact.mart.stock.MarkdownCandidate;
import storefact.mart.stock.StockAvailability;
import storefact.mart.stock.StockDay;
import storefact.mart.stock.StockFlow;
import storefact.mart.stock.StockFlowMonth;
import storefact.mart.stock.StockMonth;
import storefact.mart.stock.StockMovedMonth;
import storefact.mart.stock.StockPosition;
import storefact.mart.stock.StockedGoods;
import storefact.mart.stock.StoreStockMonth;

/** Every mart of the product: the one place where a new mart is named. */
public final class Marts {
  /** In the order of the dictionary; builds find their own order. */
  public static final List<Mart> ALL =
      List.of(
          GoodsSales.GOODS_SALES,
          ReceiptSales.RECEIPT_SALES,
          GoodsGroupSales.GOODS_GROUP_SALES,
          DailySales.DAILY_SALES,
          CategoryMonth.CATEGORY_MONTH,
          StoreDay.STORE_DAY,
          ReceiptStatistics.RECEIPT_STATISTICS,
          HourlySales.HOURLY_SALES,
          CashierSales.CASHIER_SALES,
          StoreMonth.STORE_MONTH,
          CardMonth.CARD_MONTH,
          MemberMonth.MEMBER_MONTH,
          MemberPurchases.MEMBER_PURCHASES,
          MemberRfm.MEMBER_RFM,
          SegmentSize.SEGMENT_SIZE,
          MemberValueClass.MEMBER_VALUE_CLASS,
          ValueClassMove.VALUE_CLASS_MOVE,
          MemberShare.MEMBER_SHARE,
          AreaMonth.AREA_MONTH,
          SalesGrowth.SALES_GROWTH,
          RegionBenchmark.REGION_BENCHMARK,
          GroupMonth.GROUP_MONTH,
          GroupGrowth.GROUP_GROWTH,
          RevenueTree.REVENUE_TREE,
          GoodsDistribution.GOODS_DISTRIBUTION,
          ReturnedSale.RETURNED_SALE,
          ReturnDetail.RETURN_DETAIL,
          ReturnMonth.RETURN_MONTH,
          ReturnReasons.RETURN_REASONS,
          CardBalances.CARD_BALANCES,
          PointsLotMonth.POINTS_LOT_MONTH,
          PointsMonth.POINTS_MONTH,
          PointsDay.POINTS_DAY,
          PointsBalances.POINTS_BALANCES,
          CashBook.CASH_BOOK,
          CardLiability.CARD_LIABILITY,
          PointsLiability.POINTS_LIABILITY,
          DepositSpend.DEPOSIT_SPEND,
          CardDormancy.CARD_DORMANCY,
          PointsByAge.POINTS_BY_AGE,
          PointsBreakage.POINTS_BREAKAGE,
          ServiceSale.SERVICE_SALE,
          ServicePass.SERVICE_PASS,
          ServiceMonth.SERVICE_MONTH,
          ServiceBalance.SERVICE_BALANCE,
          ServiceOutstanding.SERVICE_OUTSTANDING,
          GoodsDay.GOODS_DAY,
          GoodsWeek.GOODS_WEEK,
          GoodsMonth.GOODS_MONTH,
          GoodsClass.GOODS_CLASS,
          MemberBrandMonth.MEMBER_BRAND_MONTH,
          MemberGoodsMonth.MEMBER_GOODS_MONTH,
          BrandSwitch.BRAND_SWITCH,
          GoodsPair.GOODS_PAIR,
          GoodsSubstitute.GOODS_SUBSTITUTE,
          GroupDay.GROUP_DAY,
          SeasonIndex.SEASON_INDEX,
          SettledWeek.SETTLED_WEEK,
          SettledMonth.SETTLED_MONTH,
          SettledDay.SETTLED_DAY,
          DemandHistory.DEMAND_HISTORY,
          DemandForecast.DEMAND_FORECAST,
          ForecastAccuracy.FORECAST_ACCURACY,
          MarkdownEffect.MARKDOWN_EFFECT,
          PriceElasticity.PRICE_ELASTICITY,
          StockMovedMonth.STOCK_MOVED_MONTH,
          StockedGoods.STOCKED_GOODS,
          StockFlow.STOCK_FLOW,
          StockFlowMonth.STOCK_FLOW_MONTH,
          StockMonth.STOCK_MONTH,
          StockDay.STOCK_DAY,
          StockAvailability.STOCK_AVAILABILITY,
          StoreStockMonth.STORE_STOCK_MONTH,
          StockPosition.STOCK_POSITION,
          MarkdownCandidate.MARKDOWN_CANDIDATE,
          PlacementMonth.PLACEMENT_MONTH,
          PromotionEffect.PROMOTION_EFFECT,
          PromotionBuyer.PROMOTION_BUYER,
          PromotionTrial.PROMOTION_TRIAL,
          PromotionPerformance.PROMOTION_PERFORMANCE,
          PlacementLift.PLACEMENT_LIFT,
          RejectedLines.REJECTED_LINES);

  private Marts() {}

  /**
   * The mart of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Mart named(String name) {
    return ALL.stream()
        .filter(mart -> mart.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no mart \"" + name + "\"; there are " + ALL));
  }
}
