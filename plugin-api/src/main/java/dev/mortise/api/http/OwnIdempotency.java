package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a creating operation that keeps {@code Idempotency-Key} by itself, in the transaction of what it creates. The
 * kernel then leaves the key to it.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OwnIdempotency {
    /** Returns how a repeated request is recognised, for the reviewer. */
    String reason();
}
