package dev.mortise.kernel.cluster;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Subscription;
import dev.mortise.api.lease.Lease;
import dev.mortise.api.lease.Leases;
import dev.mortise.api.task.Background;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases of one load of a plugin. Close it before the load's threads, which its campaigns run on. */
public final class PluginLeases implements Leases, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLeases.class);

    private final String plugin;
    private final LeaseKeeper keeper;
    private final Background background;
    private final PluginStore store;
    private volatile boolean closed;

    /**
     * @param plugin the plugin's id, which begins the names in the database
     * @param background the load's threads
     */
    public PluginLeases(String plugin, LeaseKeeper keeper, Background background, PluginStore store) {
        this.plugin = plugin;
        this.keeper = keeper;
        this.background = background;
        this.store = store;
    }

    @Override
    public boolean tryLead(String name, Consumer<? super Lease> work) {
        return keeper.tryLead(plugin + "/" + name, held -> work.accept(new Term(name, held, store)));
    }

    @Override
    public Subscription lead(String name, Consumer<? super Lease> work) {
        AtomicBoolean ended = new AtomicBoolean();
        Background.Task campaign = background.start("lead " + name, () -> campaign(name, work, ended));
        return () -> {
            ended.set(true);
            campaign.cancel();
        };
    }

    /** An interrupt ends a term; whether it also ends the campaign is told by the two flags. */
    private void campaign(String name, Consumer<? super Lease> work, AtomicBoolean ended) {
        while (!closed && !ended.get()) {
            try {
                tryLead(name, work);
            } catch (MortiseException e) {
                LOG.warn("{} does not lead {} for the moment: {}", plugin, name, e.describe());
            } catch (RuntimeException e) {
                LOG.error("{}: the work under the lease {} has failed; it begins anew", plugin, name, e);
            }
            pause(ended);
        }
    }

    /** Waits about a third of a term, not the same everywhere, so that nodes do not ask all at once. */
    private void pause(AtomicBoolean ended) {
        Duration third = keeper.term().dividedBy(3);
        try {
            if (!closed && !ended.get()) {
                Thread.sleep(third.plusMillis(ThreadLocalRandom.current().nextLong(1 + third.toMillis() / 2)));
            }
        } catch (InterruptedException asked) {
            LOG.debug("{}: a pause between two terms was cut short", plugin);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private record Term(String name, HeldLease held, PluginStore store) implements Lease {
        @Override
        public long token() {
            return held.token();
        }

        @Override
        public boolean isHeld() {
            return held.isHeld();
        }

        @Override
        public void fence() {
            Optional<Long> token = store.kernel(
                    Access.WRITE, open -> open.mapper(LeaseMapper.class).fence(held.name(), held.token()));
            if (token.isEmpty()) {
                throw LeaseKeeper.lost(held);
            }
        }
    }
}
