package dev.mortise.relaycore.usage;

import dev.mortise.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the tenant's usage. */
public final class UsageReport {
    private static final Duration TOTALLED = Duration.ofDays(30);

    private final Store store;

    /** Creates a report over the plugin's table. */
    public UsageReport(Store store) {
        this.store = store;
    }

    /**
     * One page, newest first.
     *
     * @param items the calls
     * @param next the {@code after} of the next page; empty when this is the last
     * @param totalsSince the begin of the time that the totals are over
     * @param totals sums by model; only on the first page
     */
    public record Page(List<UsageRow> items, Optional<UUID> next, Instant totalsSince, List<UsageTotal> totals) {
        /** Takes immutable copies. */
        public Page {
            items = List.copyOf(items);
            totals = List.copyOf(totals);
        }
    }

    /**
     * Returns a page of calls and, with the first one, the totals of the last 30 days.
     *
     * @param after the last id of the page before; empty for the first page
     * @param limit the most calls to return
     */
    public Page page(Optional<UUID> after, int limit) {
        Instant since = Instant.now().minus(TOTALLED);
        return store.read(UsageMapper.class, usage -> {
            // One more than asked for tells whether there is a next page.
            List<UsageRow> rows = usage.page(after.orElse(null), limit + 1);
            boolean more = rows.size() > limit;
            List<UsageRow> items = more ? rows.subList(0, limit) : rows;
            List<UsageTotal> totals = after.isPresent() ? List.of() : usage.totals(TimeOrderedId.first(since));
            return new Page(items, more ? Optional.of(items.getLast().id()) : Optional.empty(), since, totals);
        });
    }
}
