package dev.mortise.kernel.audit;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The query parameters that search the record; the same for lists and exports. */
final class AuditFilter {
    private @QueryParam("from") @Nullable String from;
    private @QueryParam("to") @Nullable String to;
    private @QueryParam("actor") @Nullable String actor;
    private @QueryParam("action") @Nullable String action;
    private @QueryParam("target") @Nullable String target;
    private @QueryParam("outcome") @Nullable String outcome;
    private @QueryParam("trace") @Nullable String trace;
    private @QueryParam("q") @Nullable String text;

    AuditQuery query() {
        return new AuditQuery(
                time("from", from),
                time("to", to),
                given("actor", actor),
                given("action", action),
                given("target", target),
                AuditResource.outcome(outcome).orElse(null),
                given("trace", trace),
                given("q", text));
    }

    private static @Nullable Instant time(String name, @Nullable String value) {
        String text = given(name, value);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw AuditResource.invalid(name + " is no time", "Write it as in 2026-11-21T08:00:00Z");
        }
    }

    private static @Nullable String given(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.indexOf('\0') >= 0) {
            throw AuditResource.invalid(name + " has a NUL in it", "Leave it out");
        }
        return value;
    }
}
