package storefact.simulator.chain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a parameter of the chain means; stands beside its value in the truth. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {

  /** Meaning in words. */
  String value();

  /** Unit, empty for a pure number. */
  String unit() default "";

  /** Source of the model or of the value. */
  String source() default "chosen";
}
