package dev.mortise.kernel.setting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.Notifications;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds now, in memory. An announcement from any node brings a change in within moments; besides, one thread looks
 * for changes every {@link #POLL}, and looks at everything after the announcements were not heard for a while. While
 * the database is away, what was known last holds.
 */
final class CurrentDocuments implements AutoCloseable {
    static final String TOPIC = "settings";
    private static final Logger LOG = LoggerFactory.getLogger(CurrentDocuments.class);
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Duration KEPT_UNUSED = Duration.ofMinutes(30);
    private static final int MOST_TENANTS = 10_000;

    private final Cache<TenantId, Map<String, Document>> tenants = Caffeine.newBuilder()
            .maximumSize(MOST_TENANTS)
            .expireAfterAccess(KEPT_UNUSED)
            .build();
    private final Set<String> announced = ConcurrentHashMap.newKeySet();
    private final Semaphore signal = new Semaphore(0);
    private final Object serverLock = new Object();
    private final SettingStore store;
    private final Consumer<? super Set<String>> listener;
    private final Notifications.Subscription subscription;
    private final Thread thread;
    private volatile @Nullable Map<String, Document> server;
    private volatile boolean missed;
    private volatile boolean closed;

    /** @param listener is told which plugins' settings for the whole server have changed */
    CurrentDocuments(SettingStore store, Notifications notifications, Consumer<? super Set<String>> listener) {
        this.store = store;
        this.listener = listener;
        this.subscription = notifications.listen(TOPIC, this::announced);
        this.thread = Thread.ofVirtual().name("mortise-settings").start(this::run);
    }

    /** Returns what holds for the whole server. */
    Document ofServer(String plugin) {
        Map<String, Document> known = server;
        if (known == null) {
            readServer();
            known = Objects.requireNonNull(server);
        }
        return known.getOrDefault(plugin, Document.NONE);
    }

    /**
     * Returns what a tenant has set for itself.
     *
     * @throws MortiseException with {@code kernel.database-unavailable} when this node has not asked for this tenant
     *     before and cannot now
     */
    Document of(TenantId tenant, String plugin) {
        return tenants.get(tenant, store::of).getOrDefault(plugin, Document.NONE);
    }

    /** Brings in what this node itself has just changed. */
    void changed(String payload) {
        try {
            refresh(payload);
        } catch (MortiseException e) {
            LOG.warn("A change of settings is made, and seen here when the database answers again: {}", e.describe());
            announced(Optional.of(payload));
        }
    }

    private void announced(Optional<String> payload) {
        payload.ifPresentOrElse(announced::add, () -> missed = true);
        signal.release();
    }

    private void run() {
        while (!closed) {
            try {
                var _ = signal.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            signal.drainPermits();
            if (!closed) {
                refreshQuietly();
            }
        }
    }

    private void refreshQuietly() {
        boolean everything = missed;
        missed = false;
        List<String> hints = List.copyOf(announced);
        hints.forEach(announced::remove);
        try {
            if (everything) {
                readServer();
                tenants.asMap().keySet().forEach(this::readAgain);
            } else if (hints.isEmpty()) {
                poll();
            } else {
                hints.forEach(this::refresh);
            }
        } catch (MortiseException e) {
            missed = true;
            if (!closed) {
                LOG.warn("Changes of settings are not seen until the database answers: {}", e.describe());
            }
        } catch (RuntimeException e) { // The thread must outlive whatever a listener does.
            LOG.error("Changes of settings could not be brought in", e);
        }
    }

    private void poll() {
        if (server != null) {
            readServer();
        }
        if (!tenants.asMap().isEmpty()) {
            store.changedLately().forEach(this::readAgain);
        }
    }

    private void refresh(String payload) {
        if (payload.equals(Scope.SERVER_PAYLOAD)) {
            readServer();
        } else {
            tenantOf(payload).ifPresent(this::readAgain);
        }
    }

    private static Optional<TenantId> tenantOf(String payload) {
        try {
            return Optional.of(TenantId.parse(payload));
        } catch (IllegalArgumentException e) {
            // Whoever may use the database may announce anything.
            LOG.debug("An announcement names no tenant", e);
            return Optional.empty();
        }
    }

    /** Reads under the lock of the entry: a first read that is under way must not win over this later one. */
    private void readAgain(TenantId tenant) {
        tenants.asMap().compute(tenant, (_, known) -> known == null ? null : kept(known, store.of(tenant)));
    }

    private void readServer() {
        Set<String> changed;
        synchronized (serverLock) {
            Map<String, Document> before = server;
            Map<String, Document> now = kept(before, store.ofServer());
            server = now;
            changed = before == null ? Set.of() : differences(before, now);
        }
        if (!changed.isEmpty()) {
            listener.accept(changed);
        }
    }

    /** Takes the former objects where nothing has changed: what was made of them is remembered by identity. */
    private static Map<String, Document> kept(@Nullable Map<String, Document> before, Map<String, Document> now) {
        if (before == null) {
            return now;
        }
        return now.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> {
            Document former = before.get(each.getKey());
            return each.getValue().equals(former) ? former : each.getValue();
        }));
    }

    private static Set<String> differences(Map<String, Document> before, Map<String, Document> now) {
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .filter(plugin -> !Objects.equals(before.get(plugin), now.get(plugin)))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
