package storefact.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that follows from a stream's record: its fields in order, their types, rules and
 * words. Read once by reflection; the hot path works on ordinals.
 *
 * @param <E> the record
 */
public final class Contract<E extends Record & Event> {

  private static final int MOST_FIELDS = 64;
  private static final int DEFAULT_MAX_LENGTH = 256;
  private static final Map<Class<?>, Contract<?>> KNOWN = new ConcurrentHashMap<>();

  private final Class<E> type;
  private final Stream stream;
  private final String name;
  private final List<Field> fields;
  private final List<Method> accessors;

  private Contract(Class<E> type) {
    this.type = type;
    this.stream = type.getAnnotation(Stream.class);
    if (stream == null) {
      throw new IllegalArgumentException(type.getName() + " has no @Stream annotation; add one");
    }
    this.name = stream.value();
    RecordComponent[] components = type.getRecordComponents();
    if (components.length > MOST_FIELDS) {
      throw new IllegalArgumentException(
          type.getName() + " has " + components.length + " fields; at most " + MOST_FIELDS);
    }
    List<Field> list = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      list.add(field(i, components[i]));
    }
    this.fields = List.copyOf(list);
    // Kept: Class.getRecordComponents makes them anew at every call, most of a writer's time.
    this.accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
  }

  /**
   * The contract of a record.
   *
   * @throws IllegalArgumentException if the record lacks an annotation that a contract needs
   */
  @SuppressWarnings("unchecked")
  public static <E extends Record & Event> Contract<E> of(Class<E> type) {
    Contract<?> known = KNOWN.get(type);
    if (known == null) {
      known = new Contract<>(type);
      KNOWN.put(type, known);
    }
    return (Contract<E>) known;
  }

  /** Snake-case name of the stream. */
  public String stream() {
    return name;
  }

  /** One row per …, in words. */
  public String grain() {
    return stream.grain();
  }

  public Stream.Nature nature() {
    return stream.nature();
  }

  /** How the lake parts its events, where they have a business date. */
  public Stream.Period lakePeriod() {
    return stream.lakePeriod();
  }

  public Class<E> type() {
    return type;
  }

  /** The fields in the record's order. */
  public List<Field> fields() {
    return fields;
  }

  /**
   * The field of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Field field(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "stream " + stream() + " has no field '" + name + "'"));
  }

  /** The field of that name, if there is one. */
  public Optional<Field> find(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The text form of each field of an event; empty where the event says nothing. */
  List<Optional<String>> texts(E event) {
    List<Optional<String>> texts = new ArrayList<>(fields.size());
    for (Method accessor : accessors) {
      try {
        Object value = accessor.invoke(event);
        if (value instanceof Optional<?> optional) {
          texts.add(optional.map(Contract::text));
        } else {
          texts.add(Optional.of(text(value)));
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot read " + accessor + " of " + event, e);
      }
    }
    return texts;
  }

  private static String text(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** The event in a row of a batch, as its record: for tests and small sets, not the hot path. */
  public E read(EventBatch batch, int row) {
    Object[] values = new Object[fields.size()];
    Class<?>[] types = new Class<?>[fields.size()];
    RecordComponent[] components = type.getRecordComponents();
    for (Field field : fields) {
      int i = field.ordinal();
      types[i] = components[i].getType();
      Object value = value(batch, row, field, components[i]);
      values[i] = types[i] == Optional.class ? Optional.ofNullable(value) : value;
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  /**
   * An event from the texts of some of its fields, by their names; the others are empty or have
   * their default. For master data and other small sets, not the hot path.
   *
   * @throws IllegalArgumentException if a text breaks a rule of its field or a required one lacks
   */
  public E event(Map<String, String> texts) {
    EventBatch batch = new EventBatch(this, 1);
    try {
      for (Map.Entry<String, String> entry : texts.entrySet()) {
        Field field = field(entry.getKey());
        if (field.kind() == Kind.TEXT) {
          byte[] bytes = Values.text(field, entry.getValue());
          batch.setText(field.ordinal(), bytes, 0, bytes.length);
        } else {
          long held = Values.number(field, entry.getValue());
          Values.check(field, held, entry.getValue());
          batch.setNumber(field.ordinal(), held);
        }
      }
    } catch (RejectedLineException e) {
      throw new IllegalArgumentException("stream " + name + ": " + e.getMessage(), e);
    }
    if (batch.missing() != 0) {
      Field missing = fields.get(Long.numberOfTrailingZeros(batch.missing()));
      throw new IllegalArgumentException(
          "stream " + name + ": field " + missing.name() + " is missing");
    }
    batch.endRow();
    return read(batch, 0);
  }

  private static Object value(EventBatch batch, int row, Field field, RecordComponent component) {
    if (field.kind() == Kind.TEXT) {
      String text = batch.text(field.ordinal(), row);
      return text.isEmpty() && !field.required() ? null : text;
    }
    if (batch.isAbsent(field.ordinal(), row)) {
      return null;
    }
    long number = batch.number(field.ordinal(), row);
    return switch (field.kind()) {
      case INTEGER -> component.getType() == int.class ? (Object) (int) number : (Object) number;
      case DECIMAL -> BigDecimal.valueOf(number, field.scale());
      case DATE -> LocalDate.ofEpochDay(number);
      case TIME -> Instant.ofEpochSecond(number);
      case FLAG -> number == 1;
      case TEXT -> throw new AssertionError(field);
    };
  }

  private static Field field(int ordinal, RecordComponent component) {
    boolean optional = component.getType() == Optional.class;
    Class<?> valueType = optional ? argument(component.getGenericType()) : component.getType();
    Kind kind = kind(valueType, component);
    int scale = annotation(component, Scale.class).map(Scale::value).orElse(0);
    Label label =
        annotation(component, Label.class)
            .orElseThrow(() -> new IllegalArgumentException(component + " has no @Label; add one"));
    Optional<String> fallback = annotation(component, Default.class).map(Default::value);
    return new Field(
        ordinal,
        snakeCase(component.getName()),
        kind,
        !optional && fallback.isEmpty(),
        component.isAnnotationPresent(Key.class),
        component.isAnnotationPresent(Personal.class),
        component.isAnnotationPresent(Code.class),
        component.isAnnotationPresent(Historic.class),
        scale,
        annotation(component, AtLeast.class).map(least -> bound(least.value(), scale)),
        annotation(component, AtMost.class).map(most -> bound(most.value(), scale)),
        annotation(component, OneOf.class).map(of -> List.of(of.value())).orElse(List.of()),
        annotation(component, MaxLength.class).map(MaxLength::value).orElse(DEFAULT_MAX_LENGTH),
        fallback,
        annotation(component, MustExist.class).map(MustExist::value),
        annotation(component, Near.class)
            .map(near -> new Field.NearRule(near.days(), snakeCase(near.to()))),
        label.en(),
        label.zh(),
        annotation(component, About.class).map(About::value).orElse(label.en()),
        annotation(component, Unit.class).map(Unit::value).orElse(""));
  }

  private static long bound(String value, int scale) {
    return new BigDecimal(value).movePointRight(scale).longValueExact();
  }

  private static <A extends java.lang.annotation.Annotation> Optional<A> annotation(
      RecordComponent component, Class<A> annotation) {
    return Optional.ofNullable(component.getAnnotation(annotation));
  }

  private static Class<?> argument(Type generic) {
    return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
  }

  private static Kind kind(Class<?> type, RecordComponent component) {
    if (type == String.class) {
      return Kind.TEXT;
    } else if (type == int.class || type == long.class) {
      return Kind.INTEGER;
    } else if (type == BigDecimal.class) {
      return Kind.DECIMAL;
    } else if (type == LocalDate.class) {
      return Kind.DATE;
    } else if (type == Instant.class) {
      return Kind.TIME;
    } else if (type == boolean.class) {
      return Kind.FLAG;
    }
    throw new IllegalArgumentException(
        component
            + " is of a type that contracts do not know; use one of "
            + Arrays.toString(Kind.values()));
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
