package dev.mortise.kernel.identity;

import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, in the order of ids.
 *
 * @param next the value of {@code after} for the page behind this one; null on the last
 * @since 0.1
 */
public record Listing<T>(List<T> items, @Nullable String next) {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    /** Copies the items. */
    public Listing {
        items = List.copyOf(items);
    }

    /** Which page is asked for. */
    record Position(@Nullable UUID after, int limit) {
        static Position of(@Nullable String after, @Nullable String limit) {
            return new Position(after == null ? null : uuid(after), limit == null ? USUAL : number(limit));
        }

        /** Returns how many rows to fetch: one more than is shown tells whether there is a next page. */
        int fetched() {
            return limit + 1;
        }
    }

    static <T> Listing<T> page(List<T> fetched, Position position, Function<T, UUID> id) {
        if (fetched.size() <= position.limit()) {
            return new Listing<>(fetched, null);
        }
        List<T> shown = fetched.subList(0, position.limit());
        return new Listing<>(shown, id.apply(shown.getLast()).toString());
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw invalid("\"after\" is no cursor of this list", "Send the \"next\" of the page before");
        }
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid("\"limit\" is no number", "Send a number from 1 to " + MOST);
        }
        throw invalid("\"limit\" is not from 1 to " + MOST, "Send a number from 1 to " + MOST);
    }

    private static MortiseException invalid(String message, String remedy) {
        return PlainText.invalid(message, remedy);
    }
}
