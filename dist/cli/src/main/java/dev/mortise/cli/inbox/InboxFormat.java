package dev.mortise.cli.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What an inbox is written in. */
enum InboxFormat {
    JSON_LINES,
    CSV,
    MBOX;

    /** Tells the format by the end of a file's name. */
    static Optional<InboxFormat> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower.substring(lower.lastIndexOf('.') + 1)) {
            case "jsonl", "ndjson" -> Optional.of(JSON_LINES);
            case "csv", "tsv" -> Optional.of(CSV);
            case "mbox", "mbx" -> Optional.of(MBOX);
            default -> Optional.empty();
        };
    }

    /** Tells the format by the first bytes: an object, the first line of a mail, or else a table. */
    static InboxFormat byContent(byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        if (start.startsWith("{")) {
            return JSON_LINES;
        }
        return start.startsWith("From ") ? MBOX : CSV;
    }
}
