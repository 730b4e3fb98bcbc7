package storefact.simulator.chain;

/** What kind of store it is: its assortment, hours and tills. */
public enum Format {
  HYPERMARKET(0, 'H', "hypermarket", "大卖场", 8 * 60, 22 * 60, 12, 9_000),
  /** Its business day ends at two in the morning. */
  CONVENIENCE(1, 'C', "convenience store", "便利店", 6 * 60, 26 * 60, 2, 120),
  BUILDING(2, 'B', "building materials", "建材店", 8 * 60 + 30, 18 * 60 + 30, 4, 6_000);

  private final int index;
  private final char letter;
  private final String words;
  private final String wordsZh;
  private final int opens;
  private final int closes;
  private final int tills;
  private final int squareMetres;

  Format(
      int index,
      char letter,
      String words,
      String wordsZh,
      int opens,
      int closes,
      int tills,
      int squareMetres) {
    this.index = index;
    this.letter = letter;
    this.words = words;
    this.wordsZh = wordsZh;
    this.opens = opens;
    this.closes = closes;
    this.tills = tills;
    this.squareMetres = squareMetres;
  }

  /** Its place in arrays by format. */
  public int index() {
    return index;
  }

  /** Its letter in the goods tree. */
  public char letter() {
    return letter;
  }

  public String words() {
    return words;
  }

  public String wordsZh() {
    return wordsZh;
  }

  /** Minute after local midnight of the business day. */
  public int opens() {
    return opens;
  }

  /** Minute after local midnight of the business day; beyond 1440 on the next calendar day. */
  public int closes() {
    return closes;
  }

  public int tills() {
    return tills;
  }

  public int squareMetres() {
    return squareMetres;
  }

  /** How visits spread over the half hours from opening to closing: weights. */
  public double[] hours() {
    int halves = (closes - opens) / 30;
    double[] weights = new double[halves];
    for (int i = 0; i < halves; i++) {
      double hour = opens / 60.0 + i / 2.0 + 0.25;
      weights[i] =
          switch (this) {
            case HYPERMARKET -> 0.25 + bump(hour, 10, 1.6) + 1.25 * bump(hour, 18.5, 1.8);
            case CONVENIENCE ->
                0.12
                    + 1.2 * bump(hour, 8, 0.8)
                    + bump(hour, 12.3, 1.0)
                    + 1.1 * bump(hour, 19, 2.2)
                    + 0.4 * bump(hour, 23, 1.5);
            case BUILDING -> 0.3 + bump(hour, 10.5, 1.5) + 0.9 * bump(hour, 15, 1.6);
          };
    }
    return weights;
  }

  private static double bump(double hour, double peak, double width) {
    double z = (hour - peak) / width;
    return Math.exp(-z * z / 2);
  }
}
