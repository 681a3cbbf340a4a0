package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Reads the chains for verification. */
final class Chains {
    private static final int PAGE = 1_000;

    private final SchemaSessions sessions;
    private final SealKeys seals;
    private final ChainLinker linker;

    Chains(SchemaSessions sessions, SealKeys seals, ChainLinker linker) {
        this.sessions = sessions;
        this.seals = seals;
        this.linker = linker;
    }

    /** Verifies all of a tenant's chain, with what was recorded until now. Takes time by its length. */
    ChainCheck.Verdict verify(TenantId tenant) {
        linker.linkNow(tenant);
        ChainCheck check = new ChainCheck(tenant, seals.publicKeys(), 0, ChainedEntry.NO_HASH);
        while (check.isWhole()) {
            Page page = page(tenant, check.seq());
            for (ChainedEntry entry : page.entries()) {
                check.accept(entry);
                while (!page.checkpoints().isEmpty()
                        && page.checkpoints().peek().seq() <= entry.seq()) {
                    check.accept(page.checkpoints().poll());
                }
            }
            if (page.entries().size() < PAGE) {
                page.checkpoints().forEach(check::accept);
                break;
            }
        }
        return check.finish();
    }

    /** Returns what was recorded before an entry, the newest first; linked until now. */
    List<ChainedEntry> newest(TenantId tenant, AuditQuery query, long before, int limit) {
        linker.linkNow(tenant);
        return sessions.inTransaction(
                tenant,
                Access.READ,
                open -> open.mapper(SearchMapper.class).before(query, before, limit).stream()
                        .map(row -> Rows.entry(tenant, row))
                        .toList());
    }

    private record Page(List<ChainedEntry> entries, Deque<ChainCheck.Checkpoint> checkpoints) {}

    private Page page(TenantId tenant, long after) {
        return sessions.inTransaction(tenant, Access.READ, open -> {
            ChainMapper chain = open.mapper(ChainMapper.class);
            List<ChainedEntry> entries = chain.entriesAfter(after, PAGE).stream()
                    .map(row -> Rows.entry(tenant, row))
                    .toList();
            long to = entries.size() < PAGE ? Long.MAX_VALUE : entries.getLast().seq();
            Deque<ChainCheck.Checkpoint> checkpoints = new ArrayDeque<>();
            chain.checkpointsBetween(after, to)
                    .forEach(row -> checkpoints.add(
                            new ChainCheck.Checkpoint(row.seq(), row.hash(), row.sealKey(), row.seal())));
            return new Page(entries, checkpoints);
        });
    }
}
