package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says what is wrong with a JSON body, and where. Not in Jackson's words: those name our classes, and repeat what was
 * sent.
 */
final class BodyFault {
    private static final String REMEDY = "Send a JSON body as the API's description asks for";

    private BodyFault() {}

    static MortiseException of(JacksonException failure) {
        String what = switch (failure) {
            case ValueInstantiationException refused
            when refused.getCause() != null -> at(refused) + refused.getCause().getMessage();
            case UnrecognizedPropertyException unknown -> at(unknown) + "this member is not known here";
            // Jackson has no type of its own for a body without anything in it.
            case MismatchedInputException empty
            when empty.getOriginalMessage().startsWith("No content") -> "The body is empty";
            case MismatchedInputException mismatch -> at(mismatch) + "expected " + kind(mismatch.getTargetType());
            case DatabindException other -> at(other) + "the value does not fit";
            case StreamConstraintsException _ -> "The body is nested too deeply, or has too long a name or number";
            default -> "The body is no JSON";
        };
        return new BodyRefusal(KernelError.REQUEST_INVALID, place(failure), what + lineOf(failure), REMEDY, failure);
    }

    static MortiseException invalid(String what, @Nullable Throwable cause) {
        return new MortiseException(KernelError.REQUEST_INVALID, what, REMEDY, cause);
    }

    /** Returns the place of the value, such as {@code The body does not fit at "items[0].name": }. */
    private static String at(DatabindException failure) {
        String shown = place(failure).shown();
        return "The body does not fit" + (shown.isEmpty() ? "" : " at \"" + shown + "\"") + ": ";
    }

    private static BodyPlace place(JacksonException failure) {
        BodyPlace place = BodyPlace.BODY;
        for (JacksonException.Reference step : failure.getPath()) {
            place = step.getPropertyName() == null
                    ? place.element(step.getIndex())
                    : place.member(step.getPropertyName());
        }
        return place;
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number in range";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class) {
            return type == boolean.class || type == Boolean.class ? "true or false" : "a number in range";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        Map<Class<?>, String> known = Map.of(
                String.class, "text",
                UUID.class, "a UUID",
                Instant.class, "a time such as 2026-01-31T12:00:00Z",
                Duration.class, "a duration such as PT10S");
        return known.getOrDefault(type, "an object");
    }

    private static String lineOf(JacksonException failure) {
        return failure.getLocation() == null || failure.getLocation().getLineNr() < 1
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr() + ")";
    }
}
