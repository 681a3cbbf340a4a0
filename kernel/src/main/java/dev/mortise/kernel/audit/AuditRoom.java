package dev.mortise.kernel.audit;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.HttpResource;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.store.SchemaSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The audit room, wired.
 *
 * @since 0.1
 */
public final class AuditRoom implements AutoCloseable {
    private final InstantSource clock;
    private final Recorder recorder;
    private final Refusals refusals;
    private final AnchorFile anchors;
    private final ChainLinker linker;
    private final Chains chains;
    private final Retention retention;

    private AuditRoom(Database database, KeyRing keys, Path dataFolder, Optional<Duration> kept, InstantSource clock) {
        this.clock = clock;
        SchemaSessions sessions = database.kernel();
        SealKeys seals = new SealKeys(sessions, keys.sealer());
        anchors = AnchorFile.open(dataFolder);
        linker = new ChainLinker(sessions, keys, seals, anchors, clock, this::keepHouse);
        recorder = new Recorder(sessions, keys, clock, linker::wake);
        refusals = new Refusals(recorder, clock);
        chains = new Chains(sessions, seals, linker, anchors);
        retention = new Retention(sessions, seals, recorder, database.tenants()::active, kept, clock);
    }

    /**
     * Opens the room and starts its linker.
     *
     * @param dataFolder where this node keeps {@code audit-anchors}
     * @param kept how long entries are kept; empty for ever
     */
    public static AuditRoom open(
            Database database, KeyRing keys, Path dataFolder, Optional<Duration> kept, InstantSource clock) {
        AuditRoom room = new AuditRoom(database, keys, dataFolder, kept, clock);
        room.linker.start();
        return room;
    }

    private void keepHouse() {
        refusals.writeDue();
        retention.dropDue();
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
        return new AuditPassage(recorder, refusals);
    }

    /** Returns what serves {@code /api/v1/kernel/audit}. */
    public HttpResource resource() {
        return new AuditResource(chains, recorder, clock);
    }

    /** Verifies the chain of a tenant, with what was recorded until now. */
    public ChainCheck.Verdict verify(TenantId tenant) {
        return chains.verify(tenant);
    }

    /** Returns what writes a tenant's record out. */
    ExportWriter export(TenantId tenant, AuditQuery query) {
        return new ExportWriter(chains, tenant, query);
    }

    /** Returns what writes entries, for parts of this room that are tested alone. */
    Recorder recorder() {
        return recorder;
    }

    /** Links what is pending for a tenant. */
    void link(TenantId tenant) {
        linker.linkNow(tenant);
    }

    /** Returns what drops old entries, for tests that do not wait for its hour. */
    Retention retention() {
        return retention;
    }

    @Override
    public void close() {
        refusals.writeAll();
        linker.close();
        anchors.close();
    }
}
