package dev.mortise.automatrix.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the elements
 * @param next what to give as {@code after} for the next part; left out at the end of the list
 * @param <T> the type of an element
 */
public record Page<T>(List<T> items, @Nullable String next) {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    /** Returns how many elements to read. */
    static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return USUAL;
        }
        if (asked < 1 || asked > MOST) {
            throw new MortiseException(ApiError.INPUT_INVALID, "limit is " + asked, "Give a limit from 1 to " + MOST);
        }
        return asked;
    }

    /** Returns a page of what was read with that limit. */
    static <T> Page<T> of(List<T> items, int limit, Function<T, String> cursor) {
        return new Page<>(items, items.size() < limit ? null : cursor.apply(items.getLast()));
    }
}
