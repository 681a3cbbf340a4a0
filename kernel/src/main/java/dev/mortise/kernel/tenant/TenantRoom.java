package dev.mortise.kernel.tenant;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.permission.OperatorPermissions;
import dev.mortise.kernel.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room of the tenants, put together: the directory, the watch that tells this node which tenants are stopped, and
 * the eraser.
 *
 * @since 0.1
 */
public final class TenantRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantRoom.class);
    /** A suspension is promised within 5 seconds on every node; this leaves time for a slow database. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Database database;
    private final OperatorPermissions permissions;
    private final TenantDirectory directory;
    private final TenantEraser eraser;
    private final Thread watch;

    private TenantRoom(Database database, Function<TenantId, String> firstKey, Audit audit, CallContext operator) {
        this.database = database;
        this.permissions = new OperatorPermissions(operator.tenant());
        this.directory = new TenantDirectory(database, firstKey, audit, operator.tenant());
        this.eraser = new TenantEraser(
                database,
                gone -> operator.run(() -> audit.record(AuditEntry.done("kernel.tenant.erased", "tenant/" + gone))));
        this.watch = Thread.ofVirtual().name("tenant-watch").unstarted(this::watch);
    }

    /**
     * Opens the room and begins to watch.
     *
     * @param firstKey makes the first key of a new tenant within the open transaction, and returns it
     * @param operator in whose name the room works by itself
     */
    public static TenantRoom open(
            Database database, Function<TenantId, String> firstKey, Audit audit, CallContext operator) {
        TenantRoom room = new TenantRoom(database, firstKey, audit, operator);
        database.tenants().refreshStopped();
        room.watch.start();
        return room;
    }

    /** Returns what the operator does with tenants. */
    public TenantDirectory directory() {
        return directory;
    }

    /** Returns who may use which permission in effect. */
    public OperatorPermissions permissions() {
        return permissions;
    }

    /** Returns the HTTP resources of this room. */
    public List<TenantResource> resources() {
        return List.of(new TenantResource(directory));
    }

    /** Returns the passage that refuses every request of a tenant that is stopped, whatever it was authenticated by. */
    public Passage gate() {
        return (exchange, onward) -> {
            if (database.tenants().isStopped(CallContext.current().tenant())) {
                throw new MortiseException(
                        KernelError.TENANT_SUSPENDED,
                        "Your tenant is suspended on this server",
                        "Ask the operator of this server to resume it");
            }
            onward.accept(exchange);
        };
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_EVERY);
                database.tenants().refreshStopped().forEach(eraser::erase);
            } catch (InterruptedException e) {
                return;
            } catch (MortiseException e) {
                // The next look comes; until then what was known holds.
                LOG.warn("The tenants could not be looked after: {}", e.describe());
            } catch (RuntimeException e) {
                LOG.error("The tenants could not be looked after", e);
            }
        }
    }

    /** Ends the watch; an erasure goes on at the next start, or on another node. */
    @Override
    public void close() {
        watch.interrupt();
        try {
            watch.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
