package storefact.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The stream that a record describes. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Stream {
  /** Snake-case name: prefix of its files, name of its tables. */
  String value();

  /** One row per …: the grain, in words. */
  String grain();

  /** Master data is taken before the facts that refer to it. */
  Nature nature();

  /** How the lake parts the events of a stream that has a business date. */
  Period lakePeriod() default Period.MONTH;

  /** Few events a day would be many small files; many a month would be few large ones. */
  enum Period {
    DAY,
    MONTH
  }

  /** Whether a row describes something lasting or something that happened. */
  enum Nature {
    MASTER,
    FACT
  }
}
