package storefact.importing.mapped;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import storefact.event.Contract;
import storefact.event.Field;
import storefact.event.ReturnLine;
import storefact.event.SalesLine;
import storefact.event.Streams;

/**
 * What the columns of a table mean: where each field of a contract comes from, how numbers and
 * dates are written, and what to do with the odd rows that exports have. Read from YAML;
 * docs/import.md explains every key.
 */
public final class Mapping {

  /** What becomes of a row that a rule is about. */
  enum Rule {
    TAKE,
    REJECT,
    LEAVE_OUT
  }

  /**
   * Rows by the texts of some of their columns, all of which have to match.
   *
   * @param columns headings and the regular expressions that match the whole text
   */
  record Condition(String path, Map<String, Pattern> columns) {}

  /** Rows that are left out for a reason of the mapping's own. */
  record Exclusion(Condition when, String en, String zh) {}

  record Table(String encoding, String delimiter, String quote, int header, String sheet) {}

  record Dates(List<String> patterns, Optional<ZoneId> zone, Locale locale, LocalTime dayStarts) {}

  record Numbers(char decimal, Optional<Character> thousands) {}

  /** What marks a return, and what becomes of it. */
  record Returns(
      Optional<Pattern> receipt,
      Optional<Condition> when,
      Rule negativeQuantity,
      boolean findOriginal,
      int most) {}

  /** Codes among the goods that are none. */
  record Services(
      Map<String, String> codes, Optional<Pattern> pattern, Rule rule, Map<String, String> goods) {

    boolean contains(String code) {
      return codes.containsKey(code) || pattern.map(p -> p.matcher(code).matches()).orElse(false);
    }
  }

  record Lines(
      Map<String, FieldRule> fields,
      Returns returns,
      Services services,
      Rule customerMissing,
      Rule priceZero,
      Rule priceNegative,
      Rule duplicates) {}

  private static final int MOST_INDEXED = 5_000_000;
  private static final String BUNDLED = "/storefact/importing/mapping/";

  private final byte[] text;
  private Optional<String> name = Optional.empty();
  private Table table = new Table("auto", "auto", "\"", 1, "1");
  private Set<String> nothing = Set.of("");
  private Numbers numbers = new Numbers('.', Optional.empty());
  private Dates dates = new Dates(List.of(), Optional.empty(), Locale.ENGLISH, LocalTime.MIDNIGHT);
  private final List<Exclusion> exclusions = new ArrayList<>();
  private Optional<Lines> lines = Optional.empty();
  private final Map<Contract<?>, Map<String, FieldRule>> rows = new LinkedHashMap<>();
  private final Map<Contract<?>, Map<String, FieldRule>> gathered = new LinkedHashMap<>();

  private Mapping(byte[] text) {
    this.text = text;
  }

  /**
   * The mapping in a YAML file.
   *
   * @throws MappingException if a key or value cannot be used
   * @throws IOException if the file cannot be read
   */
  public static Mapping read(Path file) throws IOException {
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new MappingException(
          "there is no mapping "
              + file
              + "; write one (docs/import.md) or name a bundled one: online-retail, members",
          e);
    }
    return parse(text, String.valueOf(file));
  }

  /**
   * A mapping that comes with Storefact.
   *
   * @param name {@code members} or {@code online-retail}
   * @throws MappingException if there is none of that name
   * @throws IOException if it cannot be read
   */
  public static Mapping bundled(String name) throws IOException {
    try (InputStream in = Mapping.class.getResourceAsStream(BUNDLED + name + ".yaml")) {
      if (in == null) {
        throw new MappingException(
            "no mapping '" + name + "' comes with Storefact; there are online-retail and members");
      }
      return parse(in.readAllBytes(), name);
    }
  }

  /**
   * The mapping that an option names: a file, or else a bundled one.
   *
   * @throws MappingException if there is neither, or it cannot be used
   * @throws IOException if it cannot be read
   */
  public static Mapping named(String nameOrFile) throws IOException {
    boolean bundled =
        !Files.exists(Path.of(nameOrFile))
            && Mapping.class.getResource(BUNDLED + nameOrFile + ".yaml") != null;
    return bundled ? bundled(nameOrFile) : read(Path.of(nameOrFile));
  }

  static Mapping parse(byte[] text, String label) throws MappingException {
    // Every value stays the text that it is: a code 007 is no number, a country NO no flag.
    LoadSettings settings =
        LoadSettings.builder().setSchema(new FailsafeSchema()).setLabel(label).build();
    Object tree;
    try {
      tree = new Load(settings).loadFromInputStream(new ByteArrayInputStream(text));
    } catch (YamlEngineException e) {
      throw new MappingException(
          "the mapping " + label + " is not YAML: " + e.getMessage().strip(), e);
    }
    Mapping mapping = new Mapping(text);
    try {
      mapping.root(Section.of("", tree));
    } catch (MappingException e) {
      throw new MappingException("mapping " + label + ": " + e.getMessage(), e);
    }
    return mapping;
  }

  private void root(Section root) throws MappingException {
    name = root.text("name");
    Optional<Section> source = root.section("source");
    if (source.isPresent()) {
      source(source.get());
    }
    Optional<Section> numberKeys = root.section("numbers");
    if (numberKeys.isPresent()) {
      numbers(numberKeys.get());
    }
    Optional<Section> dateKeys = root.section("dates");
    if (dateKeys.isPresent()) {
      dates(dateKeys.get());
    }
    Optional<Object> excluded = root.any("exclude");
    if (excluded.isPresent()) {
      exclude(root.path("exclude"), excluded.get());
    }
    Optional<Section> lineKeys = root.section("lines");
    if (lineKeys.isPresent()) {
      lines = Optional.of(lines(lineKeys.get()));
    }
    streams(root.section("rows"), rows);
    streams(root.section("gather"), gathered);
    root.end();
    if (lines.isEmpty() && rows.isEmpty()) {
      throw new MappingException(
          "nothing would be taken: write lines (receipt lines) or rows (one event a row)");
    }
    if (rows.containsKey(Contract.of(SalesLine.class)) && lines.isPresent()) {
      throw new MappingException("key rows.sales_line stands beside lines; keep one of them");
    }
  }

  private void source(Section keys) throws MappingException {
    table =
        new Table(
            keys.text("encoding").orElse("auto"),
            keys.text("delimiter").orElse("auto"),
            keys.text("quote").orElse("\""),
            keys.number("header", 1, 0, 1_000),
            keys.text("sheet").orElse("1"));
    List<String> nothings = keys.texts("nothing");
    nothing = new TreeSet<>(nothings);
    nothing.add("");
    keys.end();
    if (table.delimiter().length() != 1
        && !table.delimiter().equals("auto")
        && !table.delimiter().equals("tab")) {
      throw new MappingException(
          "key "
              + keys.path("delimiter")
              + " is '"
              + table.delimiter()
              + "'; write one character, tab or auto");
    }
    if (table.quote().length() != 1 && !table.quote().equals("none")) {
      throw new MappingException(
          "key " + keys.path("quote") + " is '" + table.quote() + "'; write one character or none");
    }
  }

  private void numbers(Section keys) throws MappingException {
    String decimal = keys.choice("decimal", ".", ",");
    Optional<String> thousands = keys.text("thousands").filter(t -> !t.isEmpty());
    keys.end();
    if (thousands.isPresent()
        && (thousands.get().length() != 1 || thousands.get().equals(decimal))) {
      throw new MappingException(
          "key "
              + keys.path("thousands")
              + " is '"
              + thousands.get()
              + "'; write one character that is not the decimal sign");
    }
    numbers = new Numbers(decimal.charAt(0), thousands.map(t -> t.charAt(0)));
  }

  private void dates(Section keys) throws MappingException {
    Optional<String> zone = keys.text("zone");
    String starts = keys.text("day_starts").orElse("00:00");
    List<String> patterns = keys.texts("patterns");
    Locale locale = Locale.forLanguageTag(keys.text("language").orElse("en"));
    keys.end();
    try {
      dates = new Dates(patterns, zone.map(ZoneId::of), locale, LocalTime.parse(starts));
    } catch (DateTimeException e) {
      throw new MappingException(
          "keys "
              + keys.path("zone")
              + " '"
              + zone.orElse("")
              + "' and "
              + keys.path("day_starts")
              + " '"
              + starts
              + "': write a zone such as Asia/Shanghai and a time such as 04:00",
          e);
    }
    for (String pattern : patterns) {
      SourceDates.formatter(keys.path("patterns"), pattern, locale);
    }
  }

  private void exclude(String path, Object value) throws MappingException {
    if (!(value instanceof List<?> list)) {
      throw new MappingException("key " + path + " has to be a list of when, en and zh");
    }
    for (int i = 0; i < list.size(); i++) {
      Section keys = Section.of(path + "[" + i + "]", list.get(i));
      Condition when =
          condition(keys, "when")
              .orElseThrow(() -> new MappingException("key " + keys.path("when") + " is missing"));
      String en = keys.text("en").orElse("left out by the mapping");
      exclusions.add(new Exclusion(when, en, keys.text("zh").orElse(en)));
      keys.end();
    }
  }

  private static Optional<Condition> condition(Section keys, String key) throws MappingException {
    Map<String, String> pairs = keys.pairs(key);
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Pattern> columns = new LinkedHashMap<>();
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      columns.put(
          pair.getKey(), Section.compile(keys.path(key) + "." + pair.getKey(), pair.getValue()));
    }
    return Optional.of(new Condition(keys.path(key), columns));
  }

  private Lines lines(Section keys) throws MappingException {
    Map<String, Field> known = lineFields();
    Section fieldKeys =
        keys.section("fields")
            .orElseThrow(() -> new MappingException("key " + keys.path("fields") + " is missing"));
    Map<String, FieldRule> fields = fields(fieldKeys, known);
    requireLineFields(fieldKeys.path(), fields);
    Returns returns = returns(keys.section("returns"));
    Services services = services(keys.section("services"));
    Rule customerMissing = rule(keys, "customer_missing", "non_member");
    Rule zero = rule(keys, "price_zero", "take");
    Rule negative =
        switch (keys.choice("price_negative", "reject", "adjust", "leave_out")) {
          case "adjust" -> Rule.TAKE;
          case "leave_out" -> Rule.LEAVE_OUT;
          default -> Rule.REJECT;
        };
    boolean numbered = fields.containsKey("line");
    Rule duplicates = rule(keys, "duplicates", numbered ? "leave_out" : "take");
    if (numbered && keys.text("duplicates").orElse("").equals("take")) {
      throw new MappingException(
          "key "
              + keys.path("duplicates")
              + " is 'take', but "
              + fieldKeys.path("line")
              + " names the line: the same line twice is one line; write leave_out or reject");
    }
    keys.end();
    return new Lines(fields, returns, services, customerMissing, zero, negative, duplicates);
  }

  private static Rule rule(Section keys, String key, String fallback) throws MappingException {
    boolean customers = key.equals("customer_missing");
    String take = customers ? "non_member" : "take";
    String word =
        fallback.equals("leave_out")
            ? keys.choice(key, "leave_out", take, "reject")
            : keys.choice(key, take, "reject", "leave_out");
    return word.equals(take) ? Rule.TAKE : word.equals("reject") ? Rule.REJECT : Rule.LEAVE_OUT;
  }

  private static Returns returns(Optional<Section> keys) throws MappingException {
    if (keys.isEmpty()) {
      return new Returns(Optional.empty(), Optional.empty(), Rule.TAKE, true, 500_000);
    }
    Section section = keys.get();
    Returns returns =
        new Returns(
            section.pattern("receipt"),
            condition(section, "when"),
            switch (section.choice("negative_quantity", "return", "reject", "leave_out")) {
              case "reject" -> Rule.REJECT;
              case "leave_out" -> Rule.LEAVE_OUT;
              default -> Rule.TAKE;
            },
            section.choice("original", "find", "none").equals("find"),
            section.number("most_originals", 500_000, 1, MOST_INDEXED));
    section.end();
    return returns;
  }

  private static Services services(Optional<Section> keys) throws MappingException {
    if (keys.isEmpty()) {
      return new Services(Map.of(), Optional.empty(), Rule.TAKE, Map.of());
    }
    Section section = keys.get();
    Map<String, String> codes = section.pairs("codes");
    Optional<Pattern> pattern = section.pattern("pattern");
    Rule rule =
        section.choice("rule", "take", "leave_out").equals("take") ? Rule.TAKE : Rule.LEAVE_OUT;
    Map<String, String> goods = section.pairs("goods");
    Contract<?> contract = Streams.named("goods").orElseThrow();
    for (String field : goods.keySet()) {
      if (contract.find(field).isEmpty()) {
        throw unknownField(section.path("goods") + "." + field, field, fieldsOf(contract));
      }
    }
    section.end();
    return new Services(codes, pattern, rule, goods);
  }

  /** Fields that a receipt line may have, as a sale or as a return. */
  static Map<String, Field> lineFields() {
    Map<String, Field> known = new LinkedHashMap<>(fieldsOf(Contract.of(SalesLine.class)));
    for (Field field : Contract.of(ReturnLine.class).fields()) {
      if (!field.name().equals("returned_at")) {
        known.putIfAbsent(field.name(), field);
      }
    }
    known.remove("version");
    return known;
  }

  private static Map<String, Field> fieldsOf(Contract<?> contract) {
    return contract.fields().stream()
        .collect(Collectors.toMap(Field::name, field -> field, (a, b) -> a, LinkedHashMap::new));
  }

  private void requireLineFields(String path, Map<String, FieldRule> fields)
      throws MappingException {
    for (String needed : List.of("store", "till", "receipt", "goods", "quantity")) {
      if (!fields.containsKey(needed)) {
        throw new MappingException(
            "key %s.%s is missing; name a column, or a constant: %s: {constant: '1'}"
                .formatted(path, needed, needed));
      }
    }
    if (!fields.containsKey("sold_at") && !fields.containsKey("business_date")) {
      throw new MappingException(
          "keys " + path + ".sold_at and .business_date are missing; one of them is needed");
    }
    if (!fields.containsKey("net_amount")
        && !fields.containsKey("unit_price")
        && !fields.containsKey("list_price")) {
      throw new MappingException(
          "keys "
              + path
              + ".net_amount, .unit_price and .list_price are missing; one of them is needed");
    }
    if (dates.zone().isEmpty()) {
      throw new MappingException(
          "key dates.zone is missing; say where the clocks were, for example zone: Asia/Shanghai");
    }
  }

  private static void streams(
      Optional<Section> section, Map<Contract<?>, Map<String, FieldRule>> into)
      throws MappingException {
    if (section.isEmpty()) {
      return;
    }
    for (String stream : section.get().names()) {
      Contract<?> contract =
          Streams.named(stream)
              .orElseThrow(
                  () ->
                      new MappingException(
                          "key "
                              + section.get().path(stream)
                              + " is no stream; there are "
                              + Streams.ALL.stream()
                                  .map(Contract::stream)
                                  .collect(Collectors.joining(", "))));
      Section keys = Section.of(section.get().path(stream), section.get().any(stream).orElse(""));
      Map<String, FieldRule> rules = fields(keys, fieldsOf(contract));
      for (Field field : contract.fields()) {
        if (field.required() && !rules.containsKey(field.name())) {
          throw new MappingException(
              "key " + keys.path(field.name()) + " is missing: " + field.about());
        }
      }
      into.put(contract, rules);
    }
  }

  private static Map<String, FieldRule> fields(Section keys, Map<String, Field> known)
      throws MappingException {
    Map<String, FieldRule> rules = new LinkedHashMap<>();
    for (String name : keys.names()) {
      if (!known.containsKey(name)) {
        throw unknownField(keys.path(name), name, known);
      }
      rules.put(name, FieldRule.of(keys.path(name), keys.any(name).orElse("")));
    }
    return rules;
  }

  private static MappingException unknownField(String path, String name, Map<String, Field> known) {
    return new MappingException(
        "key "
            + path
            + ": there is no field '"
            + name
            + "'; there are "
            + String.join(", ", known.keySet()));
  }

  /** Names the folder and the files of the import; where the mapping has none, the source does. */
  public Optional<String> name() {
    return name;
  }

  byte[] text() {
    return text.clone();
  }

  Table table() {
    return table;
  }

  /** Texts of the source that say nothing. */
  Set<String> nothing() {
    return nothing;
  }

  Numbers numbers() {
    return numbers;
  }

  Dates dates() {
    return dates;
  }

  List<Exclusion> exclusions() {
    return exclusions;
  }

  Optional<Lines> lines() {
    return lines;
  }

  /** Streams that get one event of every row. */
  Map<Contract<?>, Map<String, FieldRule>> rows() {
    return rows;
  }

  /** Streams of master data that are gathered over all rows, one event a key. */
  Map<Contract<?>, Map<String, FieldRule>> gathered() {
    return gathered;
  }
}
