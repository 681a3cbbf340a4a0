package dev.mortise.kernel.setting;

import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.Page;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What both resources answer in the same way. */
public final class SettingsAnswers {
    static final String JSON = "application/json";
    /** RFC 7396, section 4. */
    static final String MERGE_PATCH = "application/merge-patch+json";

    static final int MOST = 200;

    private SettingsAnswers() {}

    static Response of(SettingsView view) {
        return Response.ok(view, JSON).tag(SettingsDesk.tag(view.version())).build();
    }

    /** Returns versions, the newest first. */
    static Page<SettingsVersion> history(
            SettingsDesk desk, Scope scope, String plugin, @Nullable String after, @Nullable Integer limit) {
        Cursors list = new Cursors("kernel.settings." + scope.name().toLowerCase(Locale.ROOT) + "." + plugin);
        int most = Page.limit(limit, MOST);
        long before = list.position(after, Long::valueOf).orElse(Long.MAX_VALUE);
        return Page.of(
                desk.history(scope, plugin, before, most + 1),
                most,
                version -> list.after(String.valueOf(version.version())));
    }
}
