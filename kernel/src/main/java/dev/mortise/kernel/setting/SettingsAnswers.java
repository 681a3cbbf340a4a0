package dev.mortise.kernel.setting;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What both resources answer in the same way. */
public final class SettingsAnswers {
    static final String JSON = "application/json";
    /** RFC 7396, section 4. */
    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final int MOST = 200;

    private SettingsAnswers() {}

    /**
     * One page of a history, the newest version first.
     *
     * @param next what to ask for as {@code after} to get the next page; absent on the last one
     */
    public record Versions(List<SettingsVersion> items, Optional<String> next) {}

    static Response of(SettingsView view) {
        return Response.ok(view, JSON).tag(SettingsDesk.tag(view.version())).build();
    }

    static Versions page(List<SettingsVersion> found, int limit) {
        List<SettingsVersion> items = found.stream().limit(limit).toList();
        return new Versions(
                items,
                found.size() > limit
                        ? Optional.of(String.valueOf(items.getLast().version()))
                        : Optional.empty());
    }

    static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw invalid("limit is " + limit, "Ask for 1 to " + MOST + " versions");
        }
    }

    static long before(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw invalid("after is no cursor", "Send what \"next\" of the page before said");
        }
    }

    private static MortiseException invalid(String what, String remedy) {
        return new MortiseException(ApiError.INPUT_INVALID, "The query parameter " + what, remedy);
    }
}
