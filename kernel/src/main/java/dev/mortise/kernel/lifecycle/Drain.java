package dev.mortise.kernel.lifecycle;

import dev.mortise.kernel.registry.Leases;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a load that is no longer published, when the calls that run in it have ended.
 *
 * @param limit how long a change waits for that
 * @param writer the life cycle's one thread, for loads that end later
 */
record Drain(PluginStarter starter, Duration limit, Executor writer) {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    /**
     * Closes the load for new calls, waits for the running ones and stops it.
     *
     * @return false when the calls did not end in time; the load is then stopped and unloaded by a thread that goes on
     *     waiting, because a plugin that is unloaded under a running call breaks at its next class
     */
    boolean close(PluginLoad load) {
        Leases leases = load.publication().leases();
        leases.close();
        if (await(leases, limit)) {
            starter.stop(load);
            return true;
        }
        LOG.warn(
                "{} still serves {} calls after {}; it stays loaded until they end",
                load.plugin(),
                leases.outstanding(),
                limit);
        Thread.ofVirtual().name("late drain of " + load.plugin()).start(() -> {
            if (await(leases, Duration.ofDays(365))) {
                writer.execute(() -> unload(load));
            }
        });
        return false;
    }

    private void unload(PluginLoad load) {
        starter.stop(load);
        load.module().unload();
        LOG.info("{} has ended its last call and is unloaded", load.plugin());
    }

    private static boolean await(Leases leases, Duration limit) {
        try {
            return leases.awaitDrained(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
