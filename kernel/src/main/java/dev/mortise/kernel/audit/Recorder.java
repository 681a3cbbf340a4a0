package dev.mortise.kernel.audit;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes entries as pending, each with a code that only a server with the master key can make. For the kernel's rooms
 * it joins the kernel's open transaction, for a plugin that of its store.
 */
final class Recorder implements Audit {
    /** The address of the request that the current thread serves. */
    private final ScopedValue<String> source = ScopedValue.newInstance();

    private final JsonMapper json = JsonMapper.builder().build();
    private final SchemaSessions sessions;
    private final KeyRing keys;
    private final InstantSource clock;
    private final Runnable wakeLinker;

    Recorder(SchemaSessions sessions, KeyRing keys, InstantSource clock, Runnable wakeLinker) {
        this.sessions = sessions;
        this.keys = keys;
        this.clock = clock;
        this.wakeLinker = wakeLinker;
    }

    @Override
    public void record(AuditEntry entry) {
        record(entry, null);
    }

    /** Records an entry about a request that was answered with this status. */
    void record(AuditEntry entry, @Nullable Integer status) {
        CallContext context = CallContext.current();
        sessions.inTransaction(context.tenant(), Access.WRITE, open -> insert(open, context, entry, status));
        wakeLinker.run();
    }

    /** Returns what a plugin records by: within its store's open transaction, where there is one. */
    Audit within(PluginStore store) {
        return entry -> {
            CallContext context = CallContext.current();
            store.kernel(Access.WRITE, open -> insert(open, context, entry, null));
            wakeLinker.run();
        };
    }

    /** Runs the work with the caller's address noted in whatever it records. */
    void from(String address, Runnable work) {
        ScopedValue.where(source, address).run(work);
    }

    private AuditRecord insert(Transaction open, CallContext context, AuditEntry entry, @Nullable Integer status) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AuditRecord record = new AuditRecord(
                EntryIds.at(now),
                now,
                context.principal().kind().name(),
                EntryText.name(context.principal().id()),
                EntryText.name(entry.action()),
                EntryText.target(entry.target()),
                entry.outcome().name(),
                status,
                context.traceId(),
                source.isBound() ? source.get() : null,
                EntryText.details(entry.details()));
        byte[] mac = keys.sealer(context.tenant()).mac(CanonicalForm.pending(context.tenant(), record));
        open.mapper(ChainMapper.class).insertPending(record, node(record.details()), mac);
        return record;
    }

    private ObjectNode node(Map<String, String> details) {
        ObjectNode node = json.createObjectNode();
        details.forEach(node::put);
        return node;
    }
}
