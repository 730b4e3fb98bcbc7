package storefact.model.forecast;

/** Daily demand of something in a store. The days are those of its {@link DemandPanel}. */
public final class DemandSeries {
  private final DemandLevel level;
  private final DemandMeasure measure;
  private final String store;
  private final String department;
  private final String category;
  private final String goods;
  private final DailyDemand demand;
  private final String key;

  DemandSeries(
      DemandLevel level,
      DemandMeasure measure,
      String store,
      String department,
      String category,
      String goods,
      DailyDemand demand) {
    this.level = level;
    this.measure = measure;
    this.store = store;
    this.department = department;
    this.category = category;
    this.goods = goods;
    this.demand = demand;
    key = String.join("|", level.code(), measure.code(), store, department, category, goods);
  }

  public DemandLevel level() {
    return level;
  }

  public DemandMeasure measure() {
    return measure;
  }

  public String store() {
    return store;
  }

  /** Category of level 1, empty for a store. */
  public String department() {
    return department;
  }

  /** Category of level 2, empty for a department or store. */
  public String category() {
    return category;
  }

  /** Empty for a category, department or store. */
  public String goods() {
    return goods;
  }

  /** Demand of a day, counted from the panel's first one. */
  public double on(int day) {
    return demand.on(day);
  }

  /** Demand of all days; change nothing in it. Made anew for goods: ask once. */
  double[] values() {
    return demand.values();
  }

  /** First day on which something sold; the number of days if none did. */
  public int firstSale() {
    return demand.firstSale();
  }

  /** Days of a run on which something sold. */
  public int sellingDays(int from, int to) {
    return demand.sellingDays(from, to);
  }

  /** Names it, unique within a panel. */
  public String key() {
    return key;
  }
}
