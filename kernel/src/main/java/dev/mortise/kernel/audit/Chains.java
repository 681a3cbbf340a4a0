package dev.mortise.kernel.audit;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the chains: searches them, and verifies them. */
final class Chains {
    private static final int PAGE = 1_000;

    private final SchemaSessions sessions;
    private final SealKeys seals;
    private final ChainLinker linker;
    private final AnchorFile anchors;

    Chains(SchemaSessions sessions, SealKeys seals, ChainLinker linker, AnchorFile anchors) {
        this.sessions = sessions;
        this.seals = seals;
        this.linker = linker;
        this.anchors = anchors;
    }

    /** Verifies all of a tenant's chain, with what was recorded until now. Takes time by its length. */
    ChainCheck.Verdict verify(TenantId tenant) {
        linker.linkNow(tenant);
        Optional<ChainCheck.Checkpoint> dropped = dropped(tenant);
        ChainCheck.Verdict verdict = verify(tenant, dropped);
        // A segment that was dropped meanwhile looks like missing entries.
        return verdict.fault().isPresent() && !dropped(tenant).equals(dropped)
                ? verify(tenant, dropped(tenant))
                : verdict;
    }

    private ChainCheck.Verdict verify(TenantId tenant, Optional<ChainCheck.Checkpoint> dropped) {
        ChainCheck check = new ChainCheck(tenant, publicKeys(), dropped);
        Optional<ChainCheck.Checkpoint> anchor = anchors.latest(tenant);
        while (check.isWhole()) {
            Page page = page(tenant, check.seq(), anchor);
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

    /** Returns the keys that may have sealed a chain. */
    Map<UUID, PublicKey> publicKeys() {
        return seals.publicKeys();
    }

    /** Returns where the part of a chain ended that was dropped by rule. */
    Optional<ChainCheck.Checkpoint> dropped(TenantId tenant) {
        return sessions.inTransaction(
                        tenant,
                        Access.READ,
                        open -> open.mapper(ChainMapper.class).lastSegment())
                .map(row -> new ChainCheck.Checkpoint(row.seq(), row.hash(), row.sealKey(), row.seal()));
    }

    /** Links what was recorded until now and returns the number of the last entry; 0 for an empty chain. */
    long end(TenantId tenant) {
        linker.linkNow(tenant);
        return sessions.inTransaction(
                        tenant,
                        Access.READ,
                        open -> open.mapper(ChainMapper.class).head())
                .map(ChainMapper.Head::seq)
                .orElse(0L);
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

    /** Returns at most 1,000 entries after one, the oldest first. */
    List<ChainedEntry> oldest(TenantId tenant, AuditQuery query, long after) {
        return sessions.inTransaction(
                tenant,
                Access.READ,
                open -> open.mapper(SearchMapper.class).after(query, after, PAGE).stream()
                        .map(row -> Rows.entry(tenant, row))
                        .toList());
    }

    /** Entries with the checkpoints among and behind them. */
    record Page(List<ChainedEntry> entries, Deque<ChainCheck.Checkpoint> checkpoints) {
        boolean isLast() {
            return entries.size() < PAGE;
        }
    }

    /** Returns the next page of the whole chain. */
    Page page(TenantId tenant, long after) {
        return page(tenant, after, Optional.empty());
    }

    private Page page(TenantId tenant, long after, Optional<ChainCheck.Checkpoint> anchor) {
        return sessions.inTransaction(tenant, Access.READ, open -> {
            ChainMapper chain = open.mapper(ChainMapper.class);
            List<ChainedEntry> entries = chain.entriesAfter(after, PAGE).stream()
                    .map(row -> Rows.entry(tenant, row))
                    .toList();
            long to = entries.size() < PAGE ? Long.MAX_VALUE : entries.getLast().seq();
            Deque<ChainCheck.Checkpoint> checkpoints = new ArrayDeque<>();
            anchor.filter(own -> own.seq() > after && own.seq() <= to).ifPresent(checkpoints::add);
            chain.checkpointsBetween(after, to)
                    .forEach(row -> checkpoints.add(
                            new ChainCheck.Checkpoint(row.seq(), row.hash(), row.sealKey(), row.seal())));
            return new Page(entries, inOrder(checkpoints));
        });
    }

    private static Deque<ChainCheck.Checkpoint> inOrder(Deque<ChainCheck.Checkpoint> checkpoints) {
        return new ArrayDeque<>(checkpoints.stream()
                .sorted(java.util.Comparator.comparingLong(ChainCheck.Checkpoint::seq))
                .toList());
    }
}
