package storefact.reader;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import storefact.mart.Mart;
import storefact.mart.Marts;
import storefact.mart.quality.RejectedLines;
import storefact.report.Overview.Words;

/** What kind of reader somebody is: which views they are granted, and whether all rows. */
public enum Role {
  /** Reads the figures of the whole chain, nothing about single persons. */
  EXECUTIVE("Executive", "高管", true) {
    @Override
    boolean reads(Mart mart) {
      return !mart.isAboutPersons();
    }
  },
  /** Keeps the warehouse: reads how it is kept, no figures of the business. */
  ENGINEER("Engineer", "工程师", true) {
    @Override
    boolean reads(Mart mart) {
      return mart.equals(RejectedLines.REJECTED_LINES);
    }
  },
  /** Reads every mart of the whole chain. */
  ANALYST("Analyst", "分析师", true) {
    @Override
    boolean reads(Mart mart) {
      return true;
    }
  },
  /** Reads the figures of the stores of some regions. */
  REGIONAL_MANAGER("Regional manager", "区域经理", false) {
    @Override
    boolean reads(Mart mart) {
      return mart.isReadByRegion() && !mart.isAboutPersons();
    }
  },
  /** Looks after some members: reads what is told of each of them, and how to reach them. */
  CUSTOMER_MANAGER("Customer manager", "客户经理", false) {
    @Override
    boolean reads(Mart mart) {
      return mart.isReadByMember();
    }
  };

  /**
   * Nothing in them is a figure or a person: names, prices, days, hours. The stores are the
   * reader's.
   */
  private static final List<String> DESCRIPTIONS =
      List.of(
          "dw.reader_store",
          "dw.reader_state",
          "dw.goods",
          "dw.category",
          "dw.calendar",
          "dw.time_of_day");

  /** Who the members are; the view itself masks them for those who do not look after them. */
  private static final String MEMBERS = "dw.reader_member";

  private final String english;
  private final String chinese;
  private final boolean chain;

  Role(String english, String chinese, boolean chain) {
    this.english = english;
    this.chinese = chinese;
    this.chain = chain;
  }

  /** Its name for people. */
  public Words title() {
    return new Words(english, chinese);
  }

  /** Whether it sees the rows of all regions. */
  public boolean seesChain() {
    return chain;
  }

  abstract boolean reads(Mart mart);

  /** Whether it may read who the members are, masked or not. */
  public boolean readsMembers() {
    return this == ANALYST || this == CUSTOMER_MANAGER;
  }

  /** The marts that it may read. */
  public List<Mart> marts() {
    return Marts.ALL.stream().filter(this::reads).toList();
  }

  /** The views of how the warehouse is kept that it may read. */
  public List<OperationsView> views() {
    return this == EXECUTIVE || this == ENGINEER ? OperationsView.ALL : List.of();
  }

  /** What follows GRANT, one view each: never a database, so that a new view is nobody's. */
  public List<String> grants() {
    Stream<String> whole =
        Stream.of(
                DESCRIPTIONS.stream(),
                Stream.of(MEMBERS).filter(view -> readsMembers()),
                marts().stream().map(mart -> "dw." + mart.name()))
            .flatMap(views -> views)
            .map(view -> "SELECT ON " + view);
    return Stream.concat(whole, views().stream().map(OperationsView::grant)).toList();
  }

  /** As it is written in the list of readers, {@code regional_manager}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
