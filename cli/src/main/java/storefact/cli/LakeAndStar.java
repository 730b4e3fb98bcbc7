package storefact.cli;

import static storefact.warehouse.jooq.dw.Tables.SALES_LINE;

import storefact.event.Contract;
import storefact.event.SalesLine;

/**
 * Sales lines in the lake and in the star. The lake keeps every event that was accepted, versions
 * and far-apart repeats too; the star counts a line once. Equal numbers say that nothing was
 * repeated, corrected or lost.
 *
 * @param lake events in the lake
 * @param star lines that readers see
 */
record LakeAndStar(long lake, long star) {

  static LakeAndStar compare(Session session) {
    long lake = session.lake().events(Contract.of(SalesLine.class));
    long star =
        session.warehouse().sql().selectCount().from(SALES_LINE).fetchSingle().value1().longValue();
    return new LakeAndStar(lake, star);
  }

  String text() {
    return "lake %s   star %s   %s"
        .formatted(
            Console.number(lake),
            Console.number(star),
            lake == star
                ? "identical"
                : lake > star
                    ? "the lake holds " + Console.number(lake - star) + " repeats or versions more"
                    : "THE LAKE LACKS " + Console.number(star - lake) + " LINES");
  }
}
