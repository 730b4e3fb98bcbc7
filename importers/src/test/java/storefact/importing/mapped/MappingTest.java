package storefact.importing.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {

  private static final String GOOD =
      """
      source: {header: 1}
      numbers: {decimal: "."}
      dates: {zone: Asia/Shanghai, day_starts: "04:00", patterns: ["d.M.yyyy"]}
      lines:
        fields:
          store: {constant: S}
          till: {constant: "1"}
          receipt: r
          sold_at: t
          goods: g
          quantity: q
          unit_price: p
        price_zero: take
      """;

  private static Mapping parse(String yaml) throws MappingException {
    return Mapping.parse(yaml.getBytes(StandardCharsets.UTF_8), "m.yaml");
  }

  @Test
  void bundledMappingsAreRight() throws Exception {
    assertThat(Mapping.bundled("online-retail").name()).contains("online-retail");
    assertThat(Mapping.bundled("members").name()).contains("members");
    assertThat(parse(GOOD).lines()).isPresent();
  }

  /** Each fault names the key, the value and what to write instead. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "header: 1            | header: first     | source.header is 'first'      | whole number",
        "header: 1            | heading: 1        | source.heading                | header",
        "decimal: \".\"       | decimal: x        | numbers.decimal is 'x'        | one of ., ,",
        "Asia/Shanghai        | Asia/Shangai      | Asia/Shangai                  | Asia/Shanghai",
        "04:00                | 4 o'clock         | 4 o'clock                     | 04:00",
        "d.M.yyyy             | tt.mm             | dates.patterns: 'tt.mm'       | M/d/yyyy",
        "quantity: q          | amount: q         | lines.fields.amount           | net_amount",
        "goods: g             | cashier: g        | lines.fields.goods is missing | constant",
        "price_zero: take     | price_zero: maybe | lines.price_zero is 'maybe'   | take, reject, leave_out",
        "store: {constant: S} | store: {constant: S, column: s} | lines.fields.store | exactly one",
        "receipt: r           | receipt: {column: r, replace: {'(': x}} | replace: '(' | backslash",
        "price_zero: take     | 'returns: {receipt: \"[\"}' | lines.returns.receipt | backslash",
        "sold_at: t           | cashier: t        | lines.fields.sold_at          | one of them",
        "unit_price: p        | cashier: p        | lines.fields.net_amount       | one of them"
      })
  void faultsAreNamed(String good, String bad, String named, String wayOut) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> parse(GOOD.replace(good, bad)))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("m.yaml")
        .hasMessageContaining(named)
        .hasMessageContaining(wayOut);
  }

  @Test
  void whatIsNoYamlIsSaidToBe() {
    assertThatThrownBy(() -> parse("lines: {fields: ["))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("m.yaml is not YAML");
    assertThatThrownBy(() -> parse("name: x"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("nothing would be taken");
    assertThatThrownBy(() -> Mapping.read(Path.of("no-such.yaml")))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("no-such.yaml")
        .hasMessageContaining("online-retail");
  }

  @Test
  void unknownStreamsAreNamed() {
    assertThatThrownBy(() -> parse("rows: {customers: {member: m}}"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("rows.customers")
        .hasMessageContaining("member");
    assertThatThrownBy(() -> parse("rows: {member: {member: m}}"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("rows.member.card is missing");
  }
}
