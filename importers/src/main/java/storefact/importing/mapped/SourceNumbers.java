package storefact.importing.mapped;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import storefact.event.Reason;

/**
 * Numbers as people write them: decimal comma, thousands separators, currency signs, full-width
 * digits, a minus behind or parentheses. What could mean two numbers is refused.
 */
final class SourceNumbers {

  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,20})?");
  private static final Pattern BINARY = Pattern.compile("-?[0-9]+(\\.[0-9]+)?[eE][-+]?[0-9]{1,2}");
  private static final Pattern AROUND = Pattern.compile("[\\p{Sc}\\s\\u00a0\\u202f元]");
  private static final int MOST_LENGTH = 64;

  private final char decimal;
  private final Optional<Character> thousands;
  private final Pattern grouped;

  SourceNumbers(Mapping.Numbers numbers) {
    decimal = numbers.decimal();
    thousands = numbers.thousands();
    grouped =
        thousands
            .map(
                sign ->
                    Pattern.compile(
                        "-?[0-9]{1,3}("
                            + Pattern.quote(String.valueOf(sign))
                            + "[0-9]{3})+("
                            + Pattern.quote(String.valueOf(decimal))
                            + "[0-9]+)?"))
            .orElse(PLAIN);
  }

  char decimal() {
    return decimal;
  }

  BigDecimal parse(String field, String text) throws RefusedRowException {
    if (decimal == '.' && PLAIN.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    if (text.length() <= MOST_LENGTH) {
      String plain = plain(text);
      if (PLAIN.matcher(plain).matches() || BINARY.matcher(plain).matches()) {
        return new BigDecimal(plain);
      }
    }
    throw RefusedRowException.rejected(
        Reason.WRONG_TYPE,
        field
            + " '"
            + Value.shown(text)
            + "' is not a number with decimal sign '"
            + decimal
            + "'"
            + thousands.map(sign -> " and thousands '" + sign + "'").orElse(""));
  }

  private String plain(String text) {
    String said = Normalizer.normalize(text, Normalizer.Form.NFKC);
    boolean grouping = thousands.isPresent() && Character.isWhitespace(thousands.get());
    String bare = AROUND.matcher(said).replaceAll(grouping ? "$0" : "").strip();
    if (grouping) {
      bare = bare.replaceAll("\\p{Sc}|元", "").strip();
    }
    if (bare.startsWith("(") && bare.endsWith(")")) {
      bare = "-" + bare.substring(1, bare.length() - 1);
    } else if (bare.endsWith("-")) {
      bare = "-" + bare.substring(0, bare.length() - 1);
    } else if (bare.startsWith("+")) {
      bare = bare.substring(1);
    }
    if (thousands.isPresent() && grouped.matcher(bare).matches()) {
      bare = bare.replace(String.valueOf(thousands.get()), "");
    } else if (decimal != '.' && bare.indexOf('.') >= 0) {
      // A point where the comma is decimal: 1.234 would be read as 1.234 or 1234.
      return "";
    }
    return bare.replace(decimal, '.');
  }
}
