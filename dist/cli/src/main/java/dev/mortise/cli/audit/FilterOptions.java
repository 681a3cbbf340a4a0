package dev.mortise.cli.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries. */
final class FilterOptions {
    @Option(names = "--from", paramLabel = "TIME", description = "The earliest, such as 2026-11-21T08:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "The latest, exclusive.")
    private @Nullable Instant to;

    @Option(names = "--actor", paramLabel = "ID", description = "Who, exactly.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "TEXT", description = "How the action begins, such as kernel.secret.")
    private @Nullable String action;

    @Option(names = "--target", paramLabel = "TEXT", description = "How the target begins.")
    private @Nullable String target;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "done, refused or failed.")
    private @Nullable String outcome;

    @Option(names = "--trace", paramLabel = "ID", description = "The trace id, exactly.")
    private @Nullable String trace;

    @Option(names = "--search", paramLabel = "WORDS", description = "Words in any field, as in a web search.")
    private @Nullable String search;

    /** Returns the query with what was asked and more, without the question mark. */
    String query(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        add(all, "from", from == null ? null : from.toString());
        add(all, "to", to == null ? null : to.toString());
        add(all, "actor", actor);
        add(all, "action", action);
        add(all, "target", target);
        add(all, "outcome", outcome);
        add(all, "trace", trace);
        add(all, "q", search);
        return all.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void add(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
