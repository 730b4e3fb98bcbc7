package storefact.simulator.truth;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables of truth: what was drawn and planted, which no mart may read. Each is a set of CSV
 * files {@code truth/<table>/*.csv} with a header, and a table of database {@code truth}.
 */
public enum TruthTable {
  PARAMETER(
      "One row per parameter of the simulated chain",
      column("name", "LowCardinality(String)", "Parameter"),
      column("value", "Float64", "Its value"),
      column("unit", "LowCardinality(String)", "Unit, empty for a pure number"),
      column("about", "String", "Meaning"),
      column("source", "String", "Source of the model or the value")),
  DAY(
      "One row per day: how busy it is by weekday and by festivals",
      column("day", "Date", "Day"),
      column("weekday", "Float64", "Factor of the weekday, mean 1"),
      column("festival", "Float64", "Factor of festivals and holidays, 1 = none")),
  SEASON(
      "One row per day and season of goods: how much is wanted of goods of that season, beside how"
          + " busy the day is",
      column("day", "Date", "Day"),
      column("season", "LowCardinality(String)", "Season of a type of goods"),
      column("demand", "Float64", "Factor on demand, of the middle of the day's week")),
  CATEGORY(
      "One row per type of goods with what drives its demand",
      column("department", "LowCardinality(String)", "Category level 1"),
      column("category", "LowCardinality(String)", "Category level 2"),
      column("type", "LowCardinality(String)", "Category level 3"),
      column("elasticity", "Float64", "Price elasticity of demand, one per category"),
      column("season", "LowCardinality(String)", "Season of the type")),
  GOODS(
      "One row per article with its first price and its popularity",
      column("goods", "String", "Goods"),
      column("type", "LowCardinality(String)", "Category level 3"),
      column("list_price", "Decimal(18, 2)", "List price on the first day [yuan]"),
      column("unit_cost", "Decimal(18, 2)", "Cost per unit [yuan]"),
      column("weight", "Float64", "Lines relative to other articles; 0 = sold by rules only"),
      column("returns", "Float64", "Share of lines brought back")),
  BASKET_RULE(
      "One row per planted basket rule; its articles are sold by the rule only",
      column("format", "LowCardinality(String)", "Format of the stores where it holds"),
      column("antecedent", "String", "Goods"),
      column("consequent", "String", "Goods"),
      column("antecedent_share", "Float64", "Share of receipts with the antecedent"),
      column("consequent_share", "Float64", "Share of receipts with the consequent"),
      column(
          "confidence", "Float64", "Share of receipts with the consequent, given the antecedent"),
      column("lift", "Float64", "Confidence / consequent_share; 1 = no rule")),
  PROMOTION(
      "One row per promotion with its effect on demand beside the price's",
      column("promotion", "String", "Promotion"),
      column("kind", "LowCardinality(String)", "Kind"),
      column("starts_on", "Date", "First day"),
      column("ends_on", "Date", "Last day"),
      column("discount", "Float64", "Share of the list price"),
      column("lift", "Float64", "Factor on demand beside the price's; 1 = no effect")),
  CAMPAIGN(
      "One row per campaign with its effect on the visits of those addressed",
      column("campaign", "String", "Campaign"),
      column("starts_on", "Date", "First day"),
      column("ends_on", "Date", "Last day"),
      column("visits", "Float64", "Factor on visits; 1 = no effect")),
  STORE(
      "One row per store with its hidden quality",
      column("store", "String", "Store"),
      column("quality", "Float64", "How content customers are [standard deviations]")),
  MEMBER(
      "One row per member: what was drawn, and when they left",
      column("member", "String", "Member"),
      column("joined_on", "Date", "Day of joining"),
      column("visits_per_day", "Float64", "Visit rate lambda on a usual day"),
      column("leaving", "Float64", "Chance p to leave for good after a visit"),
      column("left_on", "Nullable(Date)", "Day of leaving for good, empty while a customer"),
      column("visits", "UInt32", "Visits in the simulated time"),
      column("regular", "Bool", "Comes at regular intervals"),
      column("spend_rate", "Float64", "Rate nu of a receipt's value (gamma-gamma)"),
      column("satisfaction", "Float64", "Satisfaction [standard deviations]"),
      column("managed", "Bool", "Has a customer manager"),
      column("followed_up", "Bool", "Drawn to be followed up"),
      column("follow_up_visits", "Float64", "Factor of a follow-up on visits, 1 = none"),
      column("tastes", "String", "Factor per department: name=factor, joined by |"),
      column("formats", "String", "Share of visits per format: name=share, joined by |")),
  SALES_DAY(
      "One row per store and business day with sales: what was truly sold, once everything has"
          + " arrived",
      column("store", "LowCardinality(String)", "Store"),
      column("business_date", "Date", "Business day"),
      column("lines", "UInt32", "Sales lines"),
      column("quantity", "Decimal(18, 3)", "Quantity [pieces or kg]"),
      column("net_amount", "Decimal(18, 2)", "Net amount [yuan]")),
  LOST_SALE(
      "One row per line that was wanted and not sold, for the shelf was empty",
      column("store", "LowCardinality(String)", "Store"),
      column("business_date", "Date", "Business day"),
      column("goods", "String", "Goods"),
      column("quantity", "Decimal(18, 3)", "Quantity lost [pieces or kg]")),
  CARD_VIOLATION(
      "One row per planted violation of a stored-value card",
      column("event", "String", "Card event that should not have been possible"),
      column("card", "String", "Card"),
      column("business_date", "Date", "Business day"),
      column("kind", "LowCardinality(String)", "spend_while_frozen or spend_beyond_balance")),
  FAULT(
      "One row per planted fault of a sales line file",
      column("file", "String", "Path below the drop folder"),
      column("line_number", "UInt64", "Line in the file from 1, a header included"),
      column(
          "kind",
          "LowCardinality(String)",
          "bad_line, repeat, repeat_apart, late, correction, void"),
      column(
          "reason", "LowCardinality(String)", "Reason of the rejection to expect, empty for none"),
      column("store", "LowCardinality(String)", "Store of the line"),
      column("business_date", "Date", "Business day of the line"),
      column("receipt", "String", "Receipt of the line"),
      column("line", "UInt32", "Line on the receipt"));

  private final String about;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Column> columns;

  TruthTable(String about, Column... columns) {
    this.about = about;
    this.columns = List.of(columns);
  }

  /** A column with its ClickHouse type. */
  public record Column(String name, String type, String about) {}

  private static Column column(String name, String type, String about) {
    return new Column(name, type, about);
  }

  /** Name of the table and of its folder. */
  public String table() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** One row per …, in words. */
  public String about() {
    return about;
  }

  public List<Column> columns() {
    return columns;
  }

  /** The header of its files. */
  public String header() {
    return columns.stream().map(Column::name).collect(Collectors.joining(","));
  }
}
