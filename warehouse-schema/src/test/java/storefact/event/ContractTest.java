package storefact.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from the records. */
class ContractTest {

  private static final Contract<SalesLine> SALES = Contract.of(SalesLine.class);

  @Test
  void aSalesLineIsKeyedByItsGrain() {
    assertThat(SALES.fields().stream().filter(Field::key).map(Field::name))
        .containsExactly("store", "business_date", "till", "receipt", "line");
    assertThat(SALES.grain()).isEqualTo("store, till, receipt, line and business date");
  }

  @Test
  void fieldsKnowTheirTypesAndRules() {
    assertThat(SALES.field("net_amount"))
        .returns("Decimal(18, 2)", Field::columnType)
        .returns(Optional.of(0L), Field::minimum)
        .returns(true, Field::required);
    assertThat(SALES.field("unit_price"))
        .returns("Nullable(Decimal(18, 4))", Field::columnType)
        .returns(false, Field::required);
    assertThat(SALES.field("retail_discount"))
        .returns(Optional.of("0"), Field::fallback)
        .returns("Decimal(18, 2)", Field::columnType);
    assertThat(SALES.field("business_date").near()).contains(new Field.NearRule(2, "sold_at"));
    assertThat(SALES.field("store").mustExist().orElseThrow()).isEqualTo(Store.class);
    assertThat(SALES.fields().stream().filter(Field::personal).map(Field::name))
        .containsExactly("cashier", "card");
  }

  @Test
  void everyFieldOfEveryStreamSpeaksBothLanguages() {
    for (Contract<?> contract : Streams.ALL) {
      assertThat(contract.fields()).extracting(Field::name).doesNotHaveDuplicates();
      assertThat(contract.fields()).anyMatch(Field::key);
      for (Field field : contract.fields()) {
        assertThat(field.labelEn()).as(field.name()).isNotBlank().isASCII();
        assertThat(field.labelZh()).as(field.name()).containsPattern("\\p{IsHan}");
        assertThat(field.comment()).contains(field.labelEn()).endsWith(field.labelZh());
        assertThat(field.name()).matches("[a-z][a-z_]*");
      }
    }
  }

  @Test
  void everyReasonSpeaksBothLanguages() {
    for (Reason reason : Reason.values()) {
      assertThat(reason.text("en")).isNotBlank();
      assertThat(reason.text("zh")).isNotBlank().isNotEqualTo(reason.text("en"));
    }
  }

  @Test
  void masterDataComesBeforeFacts() {
    List<Stream.Nature> natures =
        Streams.ALL.stream().<Stream.Nature>map(Contract::nature).toList();

    assertThat(natures).isSorted();
  }

  @ParameterizedTest
  @CsvSource({
    "sales_line-2026-01.ndjson.gz, sales_line, NDJSON",
    "store.csv, store, CSV",
    "campaign-spring.JSON, campaign, NDJSON",
    "campaign_member.jsonl, campaign_member, NDJSON",
    "store.xlsx, store, ",
    "stores.csv, , CSV",
    "sales_line, sales_line, ",
    "'', , ",
  })
  void aFileNameTellsStreamAndFormat(String file, String stream, LineFormat format) {
    assertThat(Streams.ofFile(file).map(Contract::stream)).isEqualTo(Optional.ofNullable(stream));
    assertThat(LineFormat.ofFile(file)).isEqualTo(Optional.ofNullable(format));
  }

  @Test
  void anUnknownFieldIsNamed() {
    assertThat(SALES.find("colour")).isEmpty();
    assertThatThrownBy(() -> SALES.field("colour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stream sales_line has no field 'colour'");
  }

  record NoStream(@Label(en = "a", zh = "甲") String a) implements Event {}

  @storefact.event.Stream(value = "no_label", grain = "a", nature = Stream.Nature.FACT)
  record NoLabel(String bare) implements Event {}

  @storefact.event.Stream(value = "odd_type", grain = "a", nature = Stream.Nature.FACT)
  record OddType(@Label(en = "a", zh = "甲") double a) implements Event {}

  @Test
  void aRecordThatIsNoContractIsRefusedWithWhatItLacks() {
    assertThatThrownBy(() -> Contract.of(NoStream.class)).hasMessageContaining("no @Stream");
    assertThatThrownBy(() -> Contract.of(NoLabel.class))
        .hasMessageContaining("bare")
        .hasMessageContaining("@Label");
    assertThatThrownBy(() -> Contract.of(OddType.class)).hasMessageContaining("DECIMAL");
  }
}
