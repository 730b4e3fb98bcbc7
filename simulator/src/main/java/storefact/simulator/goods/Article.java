package storefact.simulator.goods;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import storefact.simulator.chain.ChainCalendar.Season;
import storefact.simulator.chain.Format;

/**
 * One article with what sells it. Immutable.
 *
 * @param number from 0 within the catalog
 * @param department number of its department
 * @param type number of its type
 * @param price list price on the first day, in fen (hundredths of a yuan)
 * @param laterPrice list price from {@code changeDay} on, in fen
 * @param changeDay day of the new list price, {@link Integer#MAX_VALUE} for never
 * @param movedTo type under which the master carries it from {@code moveDay} on, −1 for none
 * @param moveDay day of that move
 * @param cost cost per unit, in fen
 * @param elasticity of demand with respect to price
 * @param weight lines relative to other articles at the first price, season aside
 * @param returns share of lines brought back
 * @param byWeight sold by kg
 * @param life days on the shelf, 0 where it keeps
 * @param kind {@code physical}, {@code count} or {@code time}
 * @param uses uses of a count-based service
 * @param days days of a service
 * @param bulk mean pieces of a line
 * @param leadDays days from order to delivery
 * @param ruled sold by basket rules only
 */
public record Article(
    int number,
    int department,
    int type,
    String name,
    String nameZh,
    String brand,
    String size,
    int price,
    int laterPrice,
    int changeDay,
    int movedTo,
    int moveDay,
    int cost,
    double elasticity,
    double weight,
    double returns,
    boolean byWeight,
    int life,
    Season season,
    String kind,
    int uses,
    int days,
    int bulk,
    int leadDays,
    String formats,
    boolean ruled,
    byte[] bytes) {

  /** The article as events name it. */
  static byte[] id(int number) {
    return String.format(Locale.ROOT, "G%05d", number + 1).getBytes(StandardCharsets.US_ASCII);
  }

  /** The article as events name it. */
  public String id() {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** List price on a day, in fen. */
  public int price(int day) {
    return day < changeDay ? price : laterPrice;
  }

  /** Whether stores of the format sell it. */
  public boolean soldIn(Format format) {
    return formats.indexOf(format.letter()) >= 0;
  }

  /** Whether it lies on a shelf. */
  public boolean isPhysical() {
    return kind.equals("physical");
  }

  /** Mean units of a line: pieces or kg. */
  public double meanUnits(double severalPieces) {
    if (byWeight) {
      return Quantities.MEAN_KG;
    }
    return bulk > 1 ? bulk : 1 + severalPieces / (1 - Quantities.MORE);
  }
}
