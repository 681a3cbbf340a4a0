package dev.mortise.api.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a record's component does not say by its type. It becomes part of the plugin's settings schema (JSON Schema
 * 2020-12), which consoles show and every value is held to.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Setting {
    /** Returns what the setting is for and what its default is, in a sentence or two for operators. */
    String value();

    /** Returns the least number, length of a text in characters, or number of elements. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Returns the greatest number, length of a text in characters, or number of elements. */
    double max() default Double.POSITIVE_INFINITY;

    /** Returns the regular expression that a text must match somewhere; empty for any. */
    String pattern() default "";

    /** Returns whether tenants may set it for themselves; only for components of the outermost record. */
    boolean tenant() default false;

    /**
     * Returns whether the text, or each text of a list or map, is a secret. Such a setting is shown to nobody. Over
     * HTTP it takes the name of a secret, as {@code secret:NAME}, and never the secret itself; the record receives the
     * secret.
     */
    boolean secret() default false;
}
