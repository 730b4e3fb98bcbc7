package storefact.mart.member;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.member.MemberMonth.MEMBER_MONTH;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.member.SegmentSize.SEGMENT_SIZE;
import static storefact.mart.member.ValueClassMove.VALUE_CLASS_MOVE;
import static storefact.mart.sales.ReceiptStatistics.RECEIPT_STATISTICS;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import storefact.mart.MartCase;

/** Who moved from which class to which, and how large the segments are. */
class ValueClassMoveTest {
  private static final String COLUMNS = "month from_class to_class members net_sales";

  @Test
  void membersMoveWithTheirShareOfAllSalesAndLeaveAfterNinetyDays() {
    try (MartCase given = new MartCase()) {
      given.rows(
          MEMBER_MONTH.table(),
          "member month last_purchase receipts net_sales",
          "M1 2024-01-01 2024-01-20 3 600",
          "M2 2024-01-01 2024-01-15 2 300",
          "M3 2024-01-01 2024-01-10 1 100",
          // brought something back that nobody knows of
          "M5 2024-01-01 null       0 -10",
          "M2 2024-02-01 2024-02-03 1 5",
          "M3 2024-02-01 2024-02-10 1 900",
          "M4 2024-02-01 2024-02-28 1 5",
          "M3 2024-04-01 2024-04-02 1 50");
      given.rows(
          RECEIPT_STATISTICS.table(),
          "store business_date receipts",
          "S1 2024-01-31 9",
          "S1 2024-02-29 9",
          "S1 2024-03-31 9",
          "S1 2024-04-24 9");

      List<String> all = given.when(VALUE_CLASS_MOVE, COLUMNS);
      assertThat(all)
          .containsExactly(
              "2024-01-01 newcomer core 1 600",
              "2024-01-01 newcomer developable 1 100",
              "2024-01-01 newcomer key 1 300",
              // M3 has 1,000 of 1,910 now; M1 crosses four fifths
              "2024-02-01 core key 1 0",
              "2024-02-01 developable core 1 900",
              "2024-02-01 key developable 1 5",
              "2024-02-01 newcomer developable 1 5",
              "2024-03-01 core core 1 0",
              "2024-03-01 developable developable 2 0",
              "2024-03-01 key key 1 0",
              // 95 days since M1 came
              "2024-04-01 core core 1 50",
              "2024-04-01 developable developable 2 0",
              "2024-04-01 key abandoned 1 0");
      assertThat(
              Stream.of("202401", "202402", "202403", "202404")
                  .flatMap(month -> given.when(VALUE_CLASS_MOVE, month, COLUMNS).stream()))
          .containsExactlyElementsOf(all);
    }
  }

  @Test
  void segmentsAddUpToAllMembers() {
    try (MartCase given = new MartCase()) {
      given.rows(
          MEMBER_RFM.table(),
          "member segment monetary recency_days frequency",
          "M1 champions 700 2  10",
          "M2 champions 200 4  6",
          "M3 lost      100 90 1");

      assertThat(
              given.when(
                  SEGMENT_SIZE,
                  "segment members round(share_of_members,4) net_sales sales_share mean_recency_days mean_frequency"))
          .containsExactly("champions 2 0.6667 900 0.9 3 8", "lost 1 0.3333 100 0.1 90 1");
    }
  }
}
