package dev.mortise.kernel.audit;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.HttpResource;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.InstantSource;

/**
 * The audit room, wired.
 *
 * @since 0.1
 */
public final class AuditRoom implements AutoCloseable {
    private final Recorder recorder;
    private final ChainLinker linker;
    private final Chains chains;

    private AuditRoom(Recorder recorder, ChainLinker linker, Chains chains) {
        this.recorder = recorder;
        this.linker = linker;
        this.chains = chains;
    }

    /** Opens the room and starts its linker. */
    public static AuditRoom open(Database database, KeyRing keys, InstantSource clock) {
        SchemaSessions sessions = database.kernel();
        SealKeys seals = new SealKeys(sessions, keys.sealer());
        ChainLinker linker = new ChainLinker(sessions, keys, seals, clock);
        Recorder recorder = new Recorder(sessions, keys, clock, linker::wake);
        AuditRoom room = new AuditRoom(recorder, linker, new Chains(sessions, seals, linker));
        linker.start();
        return room;
    }

    /**
     * Returns what the kernel's rooms record by: within their open transaction of the kernel's schema, which is one of
     * the bound tenant, or in a transaction of its own.
     */
    public Audit audit() {
        return recorder;
    }

    /** Returns what a plugin records by: within the open transaction of its store, or in a transaction of its own. */
    public Audit audit(PluginStore store) {
        return recorder.within(store);
    }

    /** Returns what records changes and refusals at the door. */
    public Passage passage() {
        return new AuditPassage(recorder);
    }

    /** Returns what serves {@code /api/v1/kernel/audit}. */
    public HttpResource resource() {
        return new AuditResource(chains);
    }

    /** Verifies the chain of a tenant, with what was recorded until now; takes about 20 µs for each entry. */
    public ChainCheck.Verdict verify(TenantId tenant) {
        return chains.verify(tenant);
    }

    @Override
    public void close() {
        linker.close();
    }
}
