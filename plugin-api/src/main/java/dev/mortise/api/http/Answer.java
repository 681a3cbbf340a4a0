package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an operation answers, for methods that return {@link jakarta.ws.rs.core.Response} or answer in more than one
 * way. Stands in the API's description (OpenAPI).
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Answer.List.class)
public @interface Answer {
    /** Returns the status. */
    int status() default 200;

    /** Returns the type of the body; {@code void} for none. */
    Class<?> type() default void.class;

    /** Returns the type of the elements where {@link #type} has one type parameter, such as {@link Page}. */
    Class<?> of() default void.class;

    /** Returns the media type. */
    String media() default "application/json";

    /** Returns when this is the answer. */
    String when() default "";

    /** Several answers. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** Returns them. */
        Answer[] value();
    }
}
