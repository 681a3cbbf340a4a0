package dev.mortise.kernel.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Limited;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to what {@link Limited} says, in parameters and at any depth of the records of a body. Reads the
 * annotations anew each time: a cache by class would have to end with the plugin.
 */
final class InputCheck {
    private InputCheck() {}

    /**
     * Checks a body.
     *
     * @throws MortiseException with {@code api.input-invalid} and the path of the first value that is not accepted
     */
    static void check(Object body) {
        inside(body, "");
    }

    private static void inside(@Nullable Object value, String path) {
        switch (value) {
            case Record record -> components(record, path);
            case Collection<?> items -> {
                int index = 0;
                for (Object item : items) {
                    inside(item, path + "[" + index++ + "]");
                }
            }
            case Map<?, ?> map -> map.forEach((key, item) -> inside(item, path + "." + key));
            case null, default -> {}
        }
    }

    private static void components(Record record, String path) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Class<?> type = component.getType();
            Limited limited = component.getAnnotation(Limited.class);
            if (limited == null && (type.isPrimitive() || type == String.class)) {
                continue;
            }
            Object value = value(record, component);
            String place = path.isEmpty() ? component.getName() : path + "." + component.getName();
            if (limited != null) {
                value(limited, value, place);
            }
            inside(value, place);
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

    /** Checks one value; null is no matter of limits. */
    static void value(Limited limited, @Nullable Object value, String place) {
        switch (value) {
            case CharSequence text -> {
                range(limited, text.length(), place, "characters");
                if (!limited.pattern().isEmpty() && !Pattern.matches(limited.pattern(), text)) {
                    throw refused("\"" + place + "\" does not have the form " + limited.pattern());
                }
            }
            case Collection<?> items -> range(limited, items.size(), place, "elements");
            case Map<?, ?> map -> range(limited, map.size(), place, "members");
            case Number number -> {
                if (number.doubleValue() < limited.min() || number.doubleValue() > limited.max()) {
                    throw refused("\"" + place + "\" is " + number + "; it must be " + bounds(limited));
                }
            }
            case null, default -> {}
        }
    }

    private static void range(Limited limited, long size, String place, String unit) {
        if (size < limited.min() || size > limited.max()) {
            throw refused("\"" + place + "\" has " + size + " " + unit + "; it must have " + bounds(limited));
        }
    }

    private static String bounds(Limited limited) {
        if (limited.max() == Long.MAX_VALUE) {
            return "at least " + limited.min();
        }
        return limited.min() == Long.MIN_VALUE
                ? "at most " + limited.max()
                : "from " + limited.min() + " to " + limited.max();
    }

    private static MortiseException refused(String what) {
        return new MortiseException(
                ApiError.INPUT_INVALID,
                what,
                "Correct the value; the API's description at /api/v1/openapi.json has the limits");
    }
}
