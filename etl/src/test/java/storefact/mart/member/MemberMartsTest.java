package storefact.mart.member;

import static org.assertj.core.api.Assertions.assertThat;
import static storefact.mart.member.MemberRfm.MEMBER_RFM;
import static storefact.mart.member.MemberShare.MEMBER_SHARE;
import static storefact.mart.member.MemberValueClass.MEMBER_VALUE_CLASS;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import storefact.mart.TestWarehouse;

/** Known answers of the marts about members. */
class MemberMartsTest {

  @Test
  void purchasesOfAMemberAreSummedAndStrangersLeftOut() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(MEMBER_RFM, MEMBER_VALUE_CLASS, MEMBER_SHARE)) {
      given
          .members(3)
          .sold(
              """
              S1 2024-01-01 R1 1 C1 a 1 10.00
              S1 2024-01-01 R1 2 C1 b 1 20.00
              S2 2024-01-11 R1 1 C1 a 1 6.00
              S2 2024-01-11 R2 1 C1 a 1 4.00
              S1 2024-01-21 R1 1 C2 a 1 5.00
              S1 2024-01-31 R1 1 -  a 1 9.00
              S1 2024-01-31 R2 1 C9 a 1 9.00
              """)
          .build();

      assertThat(
              given.lines(
                  """
                  SELECT member, card, first_purchase, last_purchase, receipts, active_days, stores, lines,
                    net_sales, list_sales, round(average_receipt, 4), days_between_purchases, recency_days, tenure_days
                  FROM dw.member_purchases ORDER BY ALL
                  """))
          .containsExactly(
              "M1\tC1\t2024-01-01\t2024-01-11\t3\t2\t2\t4\t40\t44\t13.3333\t10\t20\t30",
              "M2\tC2\t2024-01-21\t2024-01-21\t1\t1\t1\t1\t5\t6\t5\t\\N\t10\t10");
    }
  }

  @Test
  void scoresAreQuintilesInWhichTiesShare() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(MEMBER_RFM, MEMBER_VALUE_CLASS, MEMBER_SHARE)) {
      // Ten members, one receipt each, on days 1 to 10; C1 and C2 spent the same.
      String rows =
          IntStream.rangeClosed(1, 10)
              .mapToObj(
                  i -> "S1 2024-01-%02d R%d 1 C%d a 1 %d.00".formatted(i, i, i, Math.max(2, i)))
              .collect(Collectors.joining("\n"));
      given.members(10).sold(rows).build();

      assertThat(
              given.lines("SELECT member, rfm_score FROM dw.member_rfm ORDER BY monetary, member"))
          .containsExactly(
              "M1\t111",
              "M2\t111",
              "M3\t212",
              "M4\t212",
              "M5\t313",
              "M6\t313",
              "M7\t414",
              "M8\t414",
              "M9\t515",
              "M10\t515");
      assertThat(
              given.lines(
                  "SELECT segment FROM dw.member_rfm WHERE member IN ('M1', 'M10') ORDER BY member"))
          .containsExactly("lost", "potential_loyalists");
    }
  }

  @Test
  void oneMemberAloneHasScoresToo() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(MEMBER_RFM, MEMBER_VALUE_CLASS, MEMBER_SHARE)) {
      given.members(1).sold("S1 2024-01-01 R1 1 C1 a 1 1.00").build();

      assertThat(given.query("SELECT rfm_score, segment FROM dw.member_rfm"))
          .isEqualTo("111\tlost");
    }
  }

  @Test
  void valueClassesCutSalesAtHalfAndFourFifths() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(MEMBER_RFM, MEMBER_VALUE_CLASS, MEMBER_SHARE)) {
      given
          .members(6)
          .sold(
              """
              S1 2024-06-01 R1 1 C1 a 1 50.00
              S1 2024-06-01 R2 1 C2 a 1 20.00
              S1 2024-06-01 R3 1 C3 a 1 10.00
              S1 2024-06-01 R4 1 C4 a 1 10.00
              S1 2024-03-03 R5 1 C5 a 1 6.00
              S1 2024-03-02 R6 1 C6 a 1 4.00
              """)
          .sold("S1 2024-06-01 R7 1 - a 1 900.00")
          .build();

      assertThat(
              given.lines(
                  """
                  SELECT member, sales_share, cumulative_share, recency_days, value_class
                  FROM dw.member_value_class ORDER BY cumulative_share
                  """))
          .containsExactly(
              "M1\t0.5\t0.5\t0\tcore",
              "M2\t0.2\t0.7\t0\tkey",
              "M3\t0.1\t0.8\t0\tkey",
              "M4\t0.1\t0.9\t0\tdevelopable",
              // 90 days are not yet more than 90
              "M5\t0.06\t0.96\t90\tdevelopable",
              "M6\t0.04\t1\t91\tabandoned");
    }
  }

  @Test
  void membersShareIsThatOfMembersNotOfCards() {
    try (TestWarehouse given =
        TestWarehouse.empty().only(MEMBER_RFM, MEMBER_VALUE_CLASS, MEMBER_SHARE).members(1)) {
      // M1 got card C1-new; P7 is nobody's.
      given.query(
          "INSERT INTO star.member (member, card, valid_from, version) VALUES ('M1', 'C1-new', '2024-01-15', 1)");
      given
          .sold(
              """
              S1 2024-01-01 R1 1 C1 a 1 30.00
              S1 2024-01-16 R2 1 C1-new a 1 40.00
              S1 2024-01-31 R3 1 P7 a 1 20.00
              S1 2024-02-01 R4 1 -  a 1 20.00
              """)
          .returned("S1 2024-01-20 B1 1 C1-new a 1 10.00")
          .build();

      assertThat(given.lines("SELECT * FROM dw.member_share ORDER BY month"))
          .containsExactly(
              "S1\t2024-01-01\t80\t60\t0.75\t3\t2\t1", "S1\t2024-02-01\t20\t0\t0\t1\t0\t0");
    }
  }
}
