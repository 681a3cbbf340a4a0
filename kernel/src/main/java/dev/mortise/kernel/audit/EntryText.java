package dev.mortise.kernel.audit;

import dev.mortise.kernel.redact.PersonalData;
import dev.mortise.kernel.redact.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds and cleans what callers put into an entry, so that it comes back from the database as it went in: PostgreSQL
 * takes no NUL, and a lone surrogate has no UTF-8.
 */
final class EntryText {
    private static final int SHORT = 200;
    private static final int LONG = 1_000;
    private static final int DETAIL = 4_000;
    /** More than is kept, so that a secret at the edge is seen as a whole. */
    private static final int READ = 8_000;

    private static final int DETAILS = 50;

    private EntryText() {}

    /** Returns a name: an actor, an action. */
    static String name(String text) {
        return clean(Redaction.of(clean(text, READ)), SHORT);
    }

    /** Returns a target; a path may have a key in it. */
    static String target(String text) {
        return clean(Redaction.of(clean(text, READ)), LONG);
    }

    /** Returns at most 50 details, redacted. */
    static Map<String, String> details(Map<String, String> details) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Map.Entry<String, String> detail : details.entrySet()) {
            if (kept.size() == DETAILS) {
                kept.put("…", (details.size() - DETAILS) + " more were left out");
                break;
            }
            kept.put(name(detail.getKey()), clean(PersonalData.redact(clean(detail.getValue(), READ)), DETAIL));
        }
        return kept;
    }

    private static String clean(String text, int longest) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), longest));
        text.codePoints()
                .limit(longest)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
