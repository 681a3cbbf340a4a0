package dev.mortise.kernel.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Limited;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to what {@link Limited} says, in parameters and at any depth of the records of a body. Reads the
 * annotations anew each time: a cache by class would have to end with the plugin.
 */
final class InputCheck {
    private static final String REMEDY =
            "Correct the value; the API's description at /api/v1/openapi.json has the limits";

    private InputCheck() {}

    /**
     * Checks a body.
     *
     * @throws MortiseException with {@code api.input-invalid} and the path of the first value that is not accepted
     */
    static void check(Object body) {
        inside(body, BodyPlace.BODY);
    }

    private static void inside(@Nullable Object value, BodyPlace place) {
        switch (value) {
            case Record record -> components(record, place);
            case Collection<?> items -> {
                int index = 0;
                for (Object item : items) {
                    inside(item, place.element(index++));
                }
            }
            case Map<?, ?> map -> map.forEach((key, item) -> inside(item, place.member(String.valueOf(key))));
            case null, default -> {}
        }
    }

    private static void components(Record record, BodyPlace place) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Class<?> type = component.getType();
            Limited limited = component.getAnnotation(Limited.class);
            if (limited == null && (type.isPrimitive() || type == String.class)) {
                continue;
            }
            Object value = value(record, component);
            BodyPlace inner = place.member(component.getName());
            if (limited != null) {
                fault(limited, value, inner.shown()).ifPresent(fault -> {
                    throw new BodyRefusal(ApiError.INPUT_INVALID, inner, fault, REMEDY, null);
                });
            }
            inside(value, inner);
        }
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("An accessor of a record fails: " + component, e);
        }
    }

    /**
     * Checks a parameter; null is no matter of limits.
     *
     * @throws MortiseException with {@code api.input-invalid}
     */
    static void parameter(Limited limited, @Nullable Object value, String name) {
        fault(limited, value, name).ifPresent(fault -> {
            throw new MortiseException(ApiError.INPUT_INVALID, fault, REMEDY);
        });
    }

    private static Optional<String> fault(Limited limited, @Nullable Object value, String place) {
        return switch (value) {
            case CharSequence text ->
                range(limited, text.length(), place, "characters").or(() -> form(limited, text, place));
            case Collection<?> items -> range(limited, items.size(), place, "elements");
            case Map<?, ?> map -> range(limited, map.size(), place, "members");
            case Number number
            when number.doubleValue() < limited.min() || number.doubleValue() > limited.max() ->
                Optional.of("\"" + place + "\" is " + number + "; it must be " + bounds(limited));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<String> form(Limited limited, CharSequence text, String place) {
        return limited.pattern().isEmpty() || Pattern.matches(limited.pattern(), text)
                ? Optional.empty()
                : Optional.of("\"" + place + "\" does not have the form " + limited.pattern());
    }

    private static Optional<String> range(Limited limited, long size, String place, String unit) {
        return size >= limited.min() && size <= limited.max()
                ? Optional.empty()
                : Optional.of("\"" + place + "\" has " + size + " " + unit + "; it must have " + bounds(limited));
    }

    private static String bounds(Limited limited) {
        if (limited.max() == Long.MAX_VALUE) {
            return "at least " + limited.min();
        }
        return limited.min() == Long.MIN_VALUE
                ? "at most " + limited.max()
                : "from " + limited.min() + " to " + limited.max();
    }
}
