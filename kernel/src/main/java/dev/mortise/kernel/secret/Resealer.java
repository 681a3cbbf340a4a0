package dev.mortise.kernel.secret;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.log.TraceIds;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts secrets under their tenants' present data keys, a hundred in a transaction, on a thread of its own. What is left
 * is asked of the table each time, so it goes on where it was stopped, on any node; it looks once a minute, because
 * another node may seal with a key for half a minute after that was retired.
 */
final class Resealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resealer.class);
    private static final int BATCH = 100;
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final SchemaSessions sessions;
    private final SecretStore secrets;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("mortise-resealer").unstarted(this::run);
    private volatile boolean closed;

    Resealer(SchemaSessions sessions, SecretStore secrets) {
        this.sessions = sessions;
        this.secrets = secrets;
    }

    void start() {
        thread.start();
    }

    void wake() {
        signal.release();
    }

    /** Returns whether any tenant has a secret under a retired key. */
    boolean isWorkLeft() {
        return !tenants().isEmpty();
    }

    private List<UUID> tenants() {
        return sessions.inTransaction(
                null, Access.READ, open -> open.mapper(SecretMapper.class).tenantsToReseal());
    }

    private void run() {
        while (!closed) {
            try {
                signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
                resealAll();
            } catch (InterruptedException e) {
                return;
            } catch (MortiseException e) {
                LOG.warn("Secrets keep their former data keys until the next try: {}", e.describe());
            } catch (RuntimeException e) {
                LOG.error("Secrets could not be sealed anew", e);
            }
        }
    }

    private void resealAll() {
        for (UUID tenant : tenants()) {
            reseal(new TenantId(tenant));
        }
    }

    private void reseal(TenantId tenant) {
        CallContext system =
                new CallContext(tenant, new Principal("kernel", Principal.Kind.SYSTEM, Set.of()), TraceIds.random());
        int found = BATCH;
        while (found == BATCH && !closed) {
            found = system.call(
                    () -> sessions.inTransaction(tenant, Access.WRITE, open -> secrets.reseal(open, BATCH)));
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
