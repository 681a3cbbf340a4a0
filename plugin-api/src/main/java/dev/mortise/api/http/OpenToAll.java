package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a resource method that anyone may call once signed in, whatever permissions it holds.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OpenToAll {
    /** Returns why this is safe, for the reviewer and the auditor. */
    String reason();

    /**
     * Returns whether callers without any credentials are let in as well, such as those who are about to sign in. They
     * come with a principal of kind {@code ANONYMOUS} and a tenant that has no rows.
     */
    boolean anonymous() default false;
}
