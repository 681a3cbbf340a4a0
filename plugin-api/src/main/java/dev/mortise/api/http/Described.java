package dev.mortise.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What people read about an operation, a parameter, a type or a part of it in the API's description (OpenAPI). Javadoc
 * is not there at run time; where both are wanted, this says the same in one or two sentences of plain text.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Described {
    /** Returns the description; its first sentence is the summary. */
    String value();
}
