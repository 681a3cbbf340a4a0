package dev.mortise.relaycore.usage;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.meter.Meters;
import dev.mortise.api.store.Store;
import dev.mortise.api.task.Background;
import dev.mortise.api.tenant.Tenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what calls consumed: counts it at once, and writes it to the database in the background, several entries in one
 * statement. When the queue is full, the caller writes its entry itself, which slows it instead of losing the entry.
 * While the database cannot be reached, entries wait. What is lost after all is logged, one line an entry.
 *
 * @since 0.1
 */
public final class UsageRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageRecorder.class);
    private static final int LARGEST_BATCH = 500;
    private static final Duration LINGER = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Store store;
    private final Tenants tenants;
    private final Meters meters;
    private final BlockingQueue<UsageEntry> queue;
    private final ReentrantLock writing = new ReentrantLock();

    /** Entries that were taken from the queue and are not written yet. Guarded by {@link #writing}. */
    private final List<UsageEntry> pending = new ArrayList<>();

    private final CountDownLatch writerEnded = new CountDownLatch(1);
    private Background.@Nullable Task writer;

    /**
     * Creates a recorder; it counts and queues, but does not write before {@link #start}.
     *
     * @param capacity how many entries may wait
     */
    public UsageRecorder(Store store, Tenants tenants, Meters meters, int capacity) {
        this.store = store;
        this.tenants = tenants;
        this.meters = meters;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Starts to write. */
    public void start(Background background) {
        meters.gauge("relaycore.usage.queued", queue::size);
        writer = background.start("usage-writer", this::writeUntilInterrupted);
    }

    /** Counts the entry and sees to it that it is written. Returns at once unless the queue is full. */
    public void record(UsageEntry entry) {
        count(entry);
        if (!queue.offer(entry)) {
            writeDirectly(entry);
        }
    }

    private void count(UsageEntry entry) {
        String model = entry.provider() + "/" + entry.model();
        String kind = entry.kind().name().toLowerCase(Locale.ROOT);
        meters.counter("relaycore.requests", "model", model, "kind", kind, "outcome", entry.outcome())
                .increment();
        meters.timer("relaycore.latency", "model", model, "kind", kind, "outcome", entry.outcome())
                .record(entry.latencyMicros(), TimeUnit.MICROSECONDS);
        meters.counter("relaycore.tokens", "model", model, "kind", kind, "direction", "input")
                .increment((double) entry.inputTokens());
        meters.counter("relaycore.tokens", "model", model, "kind", kind, "direction", "output")
                .increment((double) entry.outputTokens());
    }

    private void writeUntilInterrupted() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                takeBatch();
                while (!writePending()) {
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            // The plugin is stopping: close() writes what is left.
            Thread.currentThread().interrupt();
        } finally {
            writerEnded.countDown();
        }
    }

    /** Waits for an entry and then a little for more of them; what was taken is pending also when interrupted. */
    private void takeBatch() throws InterruptedException {
        List<UsageEntry> batch = new ArrayList<>();
        try {
            batch.add(queue.take());
            long deadline = System.nanoTime() + LINGER.toNanos();
            while (batch.size() < LARGEST_BATCH) {
                @Nullable UsageEntry next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return;
                }
                batch.add(next);
            }
        } finally {
            addPending(batch);
        }
    }

    private void addPending(Collection<UsageEntry> batch) {
        writing.lock();
        try {
            pending.addAll(batch);
        } finally {
            writing.unlock();
        }
    }

    /** Writes all that is pending; returns whether nothing had to stay. */
    private boolean writePending() {
        writing.lock();
        try {
            Map<TenantId, List<UsageEntry>> byTenant =
                    pending.stream().collect(Collectors.groupingBy(UsageEntry::tenant));
            pending.clear();
            byTenant.forEach((tenant, entries) -> {
                if (!write(tenant, entries)) {
                    pending.addAll(entries);
                }
            });
            return pending.isEmpty();
        } finally {
            writing.unlock();
        }
    }

    /** Writes entries of one tenant; returns whether it makes no sense to try again. */
    private boolean write(TenantId tenant, List<UsageEntry> entries) {
        try {
            insert(tenant, entries);
            return true;
        } catch (MortiseException e) {
            if (e.errorCode().category().isTransient()) {
                LOG.warn("{} records of usage wait to be written: {}", entries.size(), e.describe());
                return false;
            }
            logLost(entries, e);
            return true;
        }
    }

    private void writeDirectly(UsageEntry entry) {
        meters.counter("relaycore.usage.direct").increment();
        try {
            insert(entry.tenant(), List.of(entry));
        } catch (MortiseException e) {
            logLost(List.of(entry), e);
        }
    }

    private void insert(TenantId tenant, List<UsageEntry> entries) {
        for (int from = 0; from < entries.size(); from += LARGEST_BATCH) {
            List<UsageEntry> part = entries.subList(from, Math.min(entries.size(), from + LARGEST_BATCH));
            tenants.asSystem(tenant).call(() -> store.write(UsageMapper.class, usage -> usage.insertAll(part)));
        }
    }

    private void logLost(List<UsageEntry> entries, MortiseException reason) {
        meters.counter("relaycore.usage.lost").increment(entries.size());
        LOG.error("{} records of usage could not be written; they follow", entries.size(), reason);
        entries.forEach(entry -> LOG.error("lost: {}", entry));
    }

    /** Writes what is left. No call may be recorded afterwards. */
    @Override
    public void close() {
        endWriter();
        writing.lock();
        try {
            queue.drainTo(pending);
            if (!writePending()) {
                LOG.error("{} records of usage could not be written before the stop; they follow", pending.size());
                pending.forEach(entry -> LOG.error("lost: {}", entry));
            }
        } finally {
            writing.unlock();
        }
    }

    private void endWriter() {
        if (writer == null) {
            return;
        }
        // Not while it writes: an interrupt would break the connection, and the batch would be written twice.
        writing.lock();
        try {
            writer.cancel();
        } finally {
            writing.unlock();
        }
        try {
            if (!writerEnded.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The writer of usage has not ended within {}; what it holds may be lost", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("The stop was interrupted; records of usage that the writer holds may be lost", e);
        }
    }
}
