package dev.mortise.kernel.cluster;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the others that this node lives, and learns from the same round trip whether the database answers. Readiness is
 * read from here, so that asking for it costs the database nothing.
 */
final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final int LOOK_AROUND = 3;

    private final Database database;
    private final Self self;
    private final ClusterOptions options;
    private final Runnable onDrainRequest;
    private volatile NodeState state = NodeState.STARTING;
    private volatile String url = "";
    private volatile long heardAt;
    private volatile boolean answering;
    private volatile boolean closed;
    private boolean drainAsked;
    private @Nullable Thread thread;

    Pulse(Database database, Self self, ClusterOptions options, Runnable onDrainRequest) {
        this.database = database;
        this.self = self;
        this.options = options;
        this.onDrainRequest = onDrainRequest;
    }

    /** Writes this node's first row; fails when the database does not answer. */
    void begin() {
        tell();
        thread = Thread.ofVirtual().name("node pulse").start(this::beatOn);
    }

    NodeState state() {
        return state;
    }

    /** Changes the state and tells it at once, or at the next beat when the database does not answer. */
    void become(NodeState next, String nextUrl) {
        state = next;
        url = nextUrl;
        beat();
    }

    void become(NodeState next) {
        become(next, url);
    }

    /** Returns whether the database answered at the last beat, and that is not long ago. */
    boolean isAnswered() {
        return answering && System.nanoTime() - heardAt < patience().toNanos();
    }

    /** A beat may take as long as its connection waits; two late ones in a row are a lost database. */
    private Duration patience() {
        return options.beat().multipliedBy(2).plusSeconds(3);
    }

    private void beatOn() {
        int count = 0;
        try {
            while (!closed) {
                Thread.sleep(options.beat());
                beat();
                if (++count % LOOK_AROUND == 0 && answering) {
                    lookAround();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void beat() {
        if (closed) {
            return;
        }
        boolean before = answering;
        try {
            tell();
            if (!before) {
                LOG.info("The database answers again");
            }
        } catch (MortiseException e) {
            if (before) {
                LOG.warn("The database does not answer; this node is not ready until it does: {}", e.describe());
            }
            answering = false;
        }
    }

    private void tell() {
        boolean asked = database.control()
                .inTransaction(
                        null,
                        Access.WRITE,
                        open -> open.mapper(NodeMapper.class)
                                .beat(self.id(), self.name(), self.version(), url, state.name()));
        heardAt = System.nanoTime();
        answering = true;
        if (asked && !drainAsked) {
            drainAsked = true;
            LOG.info("This node was asked to drain");
            onDrainRequest.run();
        }
    }

    private void lookAround() {
        try {
            database.control().inTransaction(null, Access.WRITE, open -> {
                NodeMapper nodes = open.mapper(NodeMapper.class);
                nodes.forget();
                return nodes.markGone(options.gone().toMillis());
            });
        } catch (MortiseException e) {
            LOG.debug("No look around this time: {}", e.describe());
        }
    }

    /** Ends the beat and tells the others that this node is gone. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
        become(NodeState.GONE);
        closed = true;
    }
}
