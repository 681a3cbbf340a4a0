package dev.mortise.api.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was done or refused.
 *
 * @param action what, in dotted lower case with the owner first, such as {@code automatrix.run.cancelled}
 * @param target to what, such as {@code run/0199…}; no personal data, because this is never redacted
 * @param outcome how it ended
 * @param details more, by name; personal data in the values is redacted before it is kept
 * @since 0.1
 */
public record AuditEntry(String action, String target, Outcome outcome, Map<String, String> details) {
    /** How an attempt ended. */
    public enum Outcome {
        /** It was done. */
        DONE,
        /** It was refused: a missing permission, a broken rule, a limit. */
        REFUSED,
        /** It was tried and failed. */
        FAILED
    }

    /** Copies the details. */
    public AuditEntry {
        details = Map.copyOf(details);
    }

    /** Returns an entry about something that was done, without details. */
    public static AuditEntry done(String action, String target) {
        return new AuditEntry(action, target, Outcome.DONE, Map.of());
    }

    /** Returns an entry about something that was refused, without details. */
    public static AuditEntry refused(String action, String target) {
        return new AuditEntry(action, target, Outcome.REFUSED, Map.of());
    }

    /** Returns this entry with one more detail. */
    public AuditEntry with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new AuditEntry(action, target, outcome, more);
    }
}
