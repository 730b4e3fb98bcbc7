package storefact.mart.sales;

import java.math.BigDecimal;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import storefact.mart.Check;
import storefact.mart.Mart;
import storefact.mart.MartColumn;

/** What the chain receives, and what it is made of. */
final class NetSales {
  private NetSales() {}

  /**
   * Every row's net sales are its list sales less what the chain gave up of them.
   *
   * @param givenUp discounts and returns
   */
  static Check areListSalesLess(
      MartColumn<BigDecimal> netSales,
      MartColumn<BigDecimal> listSales,
      List<MartColumn<BigDecimal>> givenUp) {
    Field<BigDecimal> left = listSales.own();
    for (MartColumn<BigDecimal> part : givenUp) {
      left = left.minus(part.own());
    }
    Mart mart = netSales.mart();
    return Check.none(
        mart,
        "net = list - discounts - returns",
        DSL.selectFrom(mart.table()).where(netSales.own().ne(left)));
  }
}
