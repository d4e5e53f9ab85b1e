package io.tfdc.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a {@link Section}: the one place from which reading, checking, printing and the reference table
 * follow. All values are written in the notation of the configuration file.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Setting {
    /** What it does, one sentence for the reference table. */
    String value();

    /** The default; empty for an empty {@code Optional} or list. */
    String byDefault() default "";

    /** Lowest value allowed, empty for no bound. */
    String min() default "";

    /** Highest value allowed, empty for no bound. */
    String max() default "";

    /** Names of environment variables besides the general one, the preferred first. */
    String[] env() default {};

    /** The unit of the bare number that the variables of {@link #env} carry, empty if they use the file's notation. */
    String envUnit() default "";

    /** Other words in the variables of {@link #env}, each {@code word=value}. */
    String[] envSynonyms() default {};
}
