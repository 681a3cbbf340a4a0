package dev.mortise.api.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as {@code {"items": […], "next": "…"}}. The kernel adds {@code Link: <…>; rel="next"} (RFC 8288) to
 * the response when there is more.
 *
 * <pre>{@code
 * int most = Page.limit(limit, 200);
 * Optional<UUID> after = RUNS.position(cursor).map(UUID::fromString);
 * List<Run> read = store.read(RunMapper.class, runs -> runs.page(after.orElse(null), most + 1));
 * return Page.of(read, most, run -> RUNS.after(run.id().toString()));
 * }</pre>
 *
 * @param items the elements
 * @param next what to give as {@code after} for the next part; left out at the end of the list
 * @param <T> the type of an element
 * @since 0.1
 */
public record Page<T>(List<T> items, Optional<String> next) {
    private static final int USUAL_LIMIT = 50;

    /** Takes an immutable copy. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Returns how many elements a page has.
     *
     * @param asked what the caller asked for; 50 elements, or the most, where it asked for nothing
     * @param most the largest page, in elements
     * @throws MortiseException with {@code api.input-invalid} when the caller asked for less than 1 or more than that
     */
    public static int limit(@Nullable Integer asked, int most) {
        if (asked == null) {
            return Math.min(USUAL_LIMIT, most);
        }
        if (asked < 1 || asked > most) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "limit is " + asked + "; it must be from 1 to " + most,
                    "Ask for fewer and follow \"next\"");
        }
        return asked;
    }

    /**
     * Returns a page of what was read with one element more than asked for, which tells whether the list goes on.
     *
     * @param read at most {@code limit + 1} elements
     * @param limit as returned by {@link #limit}
     * @param cursor makes the cursor behind an element, with {@link Cursors#after}
     */
    public static <T> Page<T> of(List<T> read, int limit, Function<? super T, String> cursor) {
        if (read.size() <= limit) {
            return new Page<>(read, Optional.empty());
        }
        List<T> items = read.subList(0, limit);
        return new Page<>(items, Optional.of(cursor.apply(items.getLast())));
    }

    /** Returns a list that is short enough to have no further parts. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, Optional.empty());
    }
}
