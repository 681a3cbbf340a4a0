package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * When a deprecated operation is going to end. Responses of the operation carry {@code Deprecation} (RFC 9745),
 * {@code Sunset} (RFC 8594) and, where there is a successor, {@code Link} with {@code rel="successor-version"}. An
 * operation with {@link Deprecated} alone is marked in the API's description and nowhere else, because no date is
 * known.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Sunset {
    /** Returns the first day on which the operation may be gone, such as {@code 2027-06-01}, in UTC. */
    String on();

    /** Returns the day from which the operation is deprecated, such as {@code 2026-11-21}, in UTC. */
    String since();

    /** Returns what to use instead, such as {@code /api/v1/automatrix/runs}; empty for nothing. */
    String successor() default "";
}
