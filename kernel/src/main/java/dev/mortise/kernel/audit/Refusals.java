package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps somebody who is refused again and again from filling the record: in a minute the first {@value #WRITTEN_EACH}
 * refusals of an actor are written each, the others are counted and become one entry. The counting is in memory: a
 * server that is killed loses the counts of the last minute, and each node counts for itself.
 */
final class Refusals {
    static final int WRITTEN_EACH = 10;
    static final String ACTION = "kernel.audit.more-refusals";
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final ConcurrentMap<Actor, Window> windows = new ConcurrentHashMap<>();
    private final Recorder recorder;
    private final InstantSource clock;

    private record Actor(TenantId tenant, String id) {}

    Refusals(Recorder recorder, InstantSource clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Returns whether this refusal is to be written by itself; otherwise it was counted. */
    boolean isWritten(CallContext context, String path, int status) {
        Actor actor = new Actor(context.tenant(), context.principal().id());
        while (true) {
            Window window = windows.computeIfAbsent(actor, _ -> new Window(clock.instant()));
            switch (window.count(context, path, status)) {
                case WRITTEN -> {
                    return true;
                }
                case COUNTED -> {
                    return false;
                }
                case OVER -> windows.remove(actor, window);
            }
        }
    }

    /** Writes down what was counted in minutes that are over. */
    void writeDue() {
        write(clock.instant().minus(WINDOW));
    }

    /** Writes down all that was counted; for the end of the server. */
    void writeAll() {
        write(Instant.MAX);
    }

    private void write(Instant begunBefore) {
        windows.forEach((actor, window) -> {
            if (!window.began.isAfter(begunBefore) && windows.remove(actor, window)) {
                write(actor, window);
            }
        });
    }

    private void write(Actor actor, Window window) {
        Optional<Summary> summary = window.end();
        try {
            summary.ifPresent(counted -> counted.context().run(() -> recorder.record(counted.entry())));
        } catch (MortiseException e) {
            LOG.error("Refusals of {} are not on record: {}; {}", actor.id(), summary, e.describe());
        }
    }

    private enum Verdict {
        WRITTEN,
        COUNTED,
        OVER
    }

    /** What is to be written, for whom. */
    private record Summary(CallContext context, AuditEntry entry) {}

    /** One actor's minute. */
    private static final class Window {
        private final Instant began;
        private final Map<Integer, Long> more = new TreeMap<>();
        private @Nullable CallContext last;
        private String path = "";
        private int written;
        private boolean over;

        Window(Instant began) {
            this.began = began;
        }

        synchronized Verdict count(CallContext context, String refusedPath, int status) {
            if (over) {
                return Verdict.OVER;
            }
            if (written < WRITTEN_EACH) {
                written++;
                return Verdict.WRITTEN;
            }
            more.merge(status, 1L, Long::sum);
            last = context;
            path = refusedPath;
            return Verdict.COUNTED;
        }

        synchronized Optional<Summary> end() {
            over = true;
            CallContext context = last;
            if (context == null) {
                return Optional.empty();
            }
            AuditEntry entry = AuditEntry.refused(ACTION, path).with("since", began.toString());
            for (Map.Entry<Integer, Long> count : more.entrySet()) {
                entry = entry.with("status " + count.getKey(), String.valueOf(count.getValue()));
            }
            return Optional.of(new Summary(context, entry));
        }
    }
}
