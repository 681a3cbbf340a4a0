package dev.mortise.kernel.cluster;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes, renews and gives back this node's leases. A lease that could not be renewed in time is lost here no later than
 * in the database.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    /** Renewals per term: two of them may fail before the lease is lost. */
    private static final int RENEWALS = 3;

    private final Supplier<SchemaSessions> sessions;
    private final UUID node;
    private final Duration term;
    private final Set<HeldLease> held = ConcurrentHashMap.newKeySet();
    private @Nullable Thread renewal;
    private volatile boolean closed;

    LeaseKeeper(Supplier<SchemaSessions> sessions, UUID node, Duration term) {
        this.sessions = sessions;
        this.node = node;
        this.term = term;
    }

    /** Returns how long a lease lasts without being renewed. */
    Duration term() {
        return term;
    }

    /**
     * Runs the work on this thread while the name is held, unless another holder has it. The thread is interrupted when
     * the lease is lost.
     *
     * @return whether the work ran
     * @throws MortiseException with {@code kernel.database-unavailable}
     */
    boolean tryLead(String name, Consumer<HeldLease> work) {
        Optional<HeldLease> taken = take(name);
        if (taken.isEmpty()) {
            return false;
        }
        HeldLease lease = taken.get();
        try {
            work.accept(lease);
        } finally {
            giveBack(lease);
        }
        return true;
    }

    private Optional<HeldLease> take(String name) {
        if (closed) {
            return Optional.empty();
        }
        long asked = System.nanoTime();
        Optional<Long> token = sessions.get()
                .inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(LeaseMapper.class).acquire(name, node, term.toMillis()));
        if (token.isEmpty()) {
            return Optional.empty();
        }
        HeldLease lease = new HeldLease(name, token.get(), HeldLease.endAfter(asked, term), Thread.currentThread());
        held.add(lease);
        startRenewal();
        return Optional.of(lease);
    }

    private void giveBack(HeldLease lease) {
        held.remove(lease);
        boolean wasHeld = lease.isHeld();
        lease.finish();
        if (!wasHeld) {
            return;
        }
        // An interrupt is the work's to see; the release must not fail because of it.
        boolean interrupted = Thread.interrupted();
        try {
            sessions.get()
                    .inTransaction(
                            null,
                            Access.WRITE,
                            open -> open.mapper(LeaseMapper.class).release(lease.name(), lease.token()));
        } catch (MortiseException e) {
            LOG.info("The lease {} is not given back and runs out by itself: {}", lease.name(), e.describe());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void startRenewal() {
        if (renewal == null && !closed) {
            renewal = Thread.ofVirtual().name("lease renewal").start(this::renewAll);
        }
    }

    private void renewAll() {
        try {
            while (!closed) {
                Thread.sleep(term.dividedBy(RENEWALS));
                for (HeldLease lease : held) {
                    renew(lease);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew(HeldLease lease) {
        long asked = System.nanoTime();
        boolean renewed = false;
        try {
            // A lease that has run out is not asked for again: another holder may have come and gone meanwhile.
            renewed = lease.isHeld()
                    && sessions.get()
                                    .inTransaction(
                                            null,
                                            Access.WRITE,
                                            open -> open.mapper(LeaseMapper.class)
                                                    .renew(lease.name(), lease.token(), term.toMillis()))
                            == 1;
        } catch (MortiseException e) {
            if (lease.isHeld()) {
                LOG.warn("The lease {} could not be renewed yet: {}", lease.name(), e.describe());
                return;
            }
        }
        if (renewed) {
            lease.renewed(HeldLease.endAfter(asked, term));
        } else if (held.remove(lease)) {
            LOG.warn("The lease {} is lost; its work is interrupted", lease.name());
            lease.lose();
        }
    }

    static MortiseException lost(HeldLease lease) {
        return new MortiseException(
                KernelError.LEASE_LOST,
                "The lease " + lease.name() + " with token " + lease.token() + " is no longer held by this node",
                "Let the work end; it goes on where the lease is held now");
    }

    /** Gives no more leases and interrupts the work of those that are held. */
    @Override
    public void close() {
        closed = true;
        held.forEach(HeldLease::lose);
        synchronized (this) {
            if (renewal != null) {
                renewal.interrupt();
            }
        }
    }
}
