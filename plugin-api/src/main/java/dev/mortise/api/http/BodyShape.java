package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The shape of a body that a resource method reads by itself, from a stream or bytes. Stands in the API's description
 * (OpenAPI).
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface BodyShape {
    /** Returns a type whose JSON looks like the body. */
    Class<?> value();
}
