package storefact.report;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Records as JSON: a component is a property of the same name. Reflection serves a page a day here,
 * not a stream.
 */
public final class RecordJson {
  private RecordJson() {}

  /**
   * JSON that may stand inside a script element: no {@code <} in it, so nothing can end the
   * element.
   */
  public static String forScript(Record value) {
    return forScript(of(value));
  }

  /** {@code <} occurs in JSON inside strings only, where its escape means the same. */
  public static String forScript(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String of(Record value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, json);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator json) {
    switch (value) {
      case Optional<?> optional when optional.isEmpty() -> json.writeNull();
      case Optional<?> optional -> write(optional.get(), json);
      case BigDecimal number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case List<?> values -> {
        json.writeStartArray();
        for (Object element : values) {
          write(element, json);
        }
        json.writeEndArray();
      }
      case Record record -> {
        json.writeStartObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          json.writeName(component.getName());
          write(read(component, record), json);
        }
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
