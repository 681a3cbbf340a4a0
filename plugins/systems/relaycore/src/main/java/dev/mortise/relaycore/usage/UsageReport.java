package dev.mortise.relaycore.usage;

import dev.mortise.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the tenant's usage. */
public final class UsageReport {
    private static final Duration TOTALLED = Duration.ofDays(30);

    private final Store store;

    /** Creates a report over the plugin's table. */
    public UsageReport(Store store) {
        this.store = store;
    }

    /**
     * What was consumed within a time.
     *
     * @param since the begin of the time
     * @param models sums by model
     */
    public record Totals(Instant since, List<UsageTotal> models) {
        /** Takes an immutable copy. */
        public Totals {
            models = List.copyOf(models);
        }
    }

    /**
     * Returns calls, newest first.
     *
     * @param after the id of the call that they are older than; null for the newest
     * @param limit the most calls to return
     */
    public List<UsageRow> calls(@Nullable UUID after, int limit) {
        return store.read(UsageMapper.class, usage -> usage.page(after, limit));
    }

    /** Returns the totals of the last 30 days. */
    public Totals totals() {
        Instant since = Instant.now().minus(TOTALLED);
        return new Totals(since, store.read(UsageMapper.class, usage -> usage.totals(TimeOrderedId.first(since))));
    }
}
