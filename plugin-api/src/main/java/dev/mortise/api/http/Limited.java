package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values that are accepted: for numbers the value, for text the length in characters, for lists and maps the number
 * of elements. Stands in the API's description (OpenAPI), and the kernel holds every request to it: parameters, and the
 * records of JSON bodies at any depth, are refused with {@code api.input-invalid} and the path of the value.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Limited {
    /** Returns the least. */
    long min() default Long.MIN_VALUE;

    /** Returns the most. */
    long max() default Long.MAX_VALUE;

    /** Returns the regular expression that text must match as a whole; empty for any. */
    String pattern() default "";
}
