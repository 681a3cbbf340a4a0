package dev.mortise.kernel.setting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Subscription;
import dev.mortise.api.settings.Settings;
import dev.mortise.api.task.Background;
import dev.mortise.kernel.secret.SecretChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one load of a plugin. What was bound is remembered until the documents below it change.
 *
 * @since 0.1
 */
public final class PluginSettings implements Settings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginSettings.class);
    private static final int MOST_REMEMBERED = 1_000;

    private final Cache<Key, Bound> bound =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    /** Counts changes of secrets, so that a value that was being bound meanwhile is not remembered. */
    private final AtomicLong secretChanges = new AtomicLong();

    private final Set<Class<? extends Record>> types = ConcurrentHashMap.newKeySet();
    private final List<Semaphore> watches = new CopyOnWriteArrayList<>();
    private final Declaration declaration;
    private final CurrentDocuments documents;
    private final SettingsBinding binding;
    private final Background background;
    private final Consumer<? super PluginSettings> atClose;

    private record Key(Class<?> type, @Nullable TenantId tenant) {}

    private record Bound(Document server, Document tenant, Record value) {}

    PluginSettings(
            Declaration declaration,
            CurrentDocuments documents,
            SettingsBinding binding,
            Background background,
            Consumer<? super PluginSettings> atClose) {
        this.declaration = declaration;
        this.documents = documents;
        this.binding = binding;
        this.background = background;
        this.atClose = atClose;
    }

    /** Declares the settings by a record before they are asked for. */
    void expect(Class<? extends Record> type) {
        declaration.declare(type);
        types.add(type);
    }

    Declaration declaration() {
        return declaration;
    }

    @Override
    public <T extends Record> T as(Class<T> type) {
        return CallContext.find().map(context -> of(type, context.tenant())).orElseGet(() -> ofServer(type));
    }

    private <T extends Record> T ofServer(Class<T> type) {
        return remembered(type, null, Document.NONE);
    }

    private <T extends Record> T of(Class<T> type, TenantId tenant) {
        declaration.declare(type);
        if (!declaration.isForTenants()) {
            return ofServer(type);
        }
        Document own = documents.of(tenant, declaration.plugin());
        return own.isEmpty() ? ofServer(type) : remembered(type, tenant, own);
    }

    @SuppressWarnings("ReferenceEquality") // The documents are kept for as long as they are the same.
    private <T extends Record> T remembered(Class<T> type, @Nullable TenantId tenant, Document own) {
        types.add(type);
        declaration.declare(type);
        Document server = documents.ofServer(declaration.plugin());
        Key key = new Key(type, tenant);
        Bound known = bound.getIfPresent(key);
        if (known != null && known.server() == server && known.tenant() == own) {
            return type.cast(known.value());
        }
        long changesBefore = secretChanges.get();
        T value = bindGood(type, tenant, server, own);
        bound.put(key, new Bound(server, own, value));
        if (secretChanges.get() != changesBefore) {
            bound.invalidate(key);
        }
        return value;
    }

    /** Binds what fits: a record that refuses what was set, which its schema allows, gets it without. */
    private <T extends Record> T bindGood(Class<T> type, @Nullable TenantId tenant, Document server, Document own) {
        if (server.isEmpty() && own.isEmpty()) {
            return binding.bindFile(declaration, type);
        }
        DeclaredSchema schema = declaration.schema().orElseThrow();
        Effective effective = Effective.of(declaration.fileObject(), schema, server, own);
        effective.problems().forEach(problem -> warn(tenant, problem.toString()));
        try {
            return binding.bind(declaration, schema, effective, tenant, type);
        } catch (MortiseException refused) {
            warn(tenant, String.valueOf(refused.getMessage()));
            return own.isEmpty() ? binding.bindFile(declaration, type) : ofServer(type);
        }
    }

    private void warn(@Nullable TenantId tenant, String what) {
        LOG.warn(
                "A setting of {}{} does not hold: {}",
                declaration.plugin(),
                tenant == null ? "" : " for the tenant " + tenant,
                what);
    }

    /**
     * Tries whether the plugin's records take the values.
     *
     * @return what the first one that does not says
     */
    Optional<String> misfit(DeclaredSchema schema, Effective effective, @Nullable TenantId tenant) {
        for (Class<? extends Record> type : List.copyOf(types)) {
            try {
                var _ = binding.bind(declaration, schema, effective, tenant, type);
            } catch (MortiseException refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public <T extends Record> Subscription watch(Class<T> type, Consumer<? super T> listener) {
        T before = ofServer(type);
        // One permit at most: changes that come while the listener runs are folded into one more call.
        Semaphore changed = new Semaphore(0);
        watches.add(changed);
        Background.Task loop = background.start("watch of settings", () -> watch(type, before, changed, listener));
        return () -> {
            watches.remove(changed);
            loop.cancel();
        };
    }

    /**
     * What was bound stays the same object until it changes. Equality is not asked for: the JDK makes a record's
     * {@code equals} at its first call, and keeps the last class it was made for in a shared, softly held slot.
     */
    @SuppressWarnings("ReferenceEquality")
    private <T extends Record> void watch(Class<T> type, T before, Semaphore changed, Consumer<? super T> listener) {
        T told = before;
        try {
            while (true) {
                T now = tell(type, told, listener);
                told = now;
                changed.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The watch or the plugin has ended.
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private <T extends Record> T tell(Class<T> type, T told, Consumer<? super T> listener) {
        try {
            T now = ofServer(type);
            if (now != told) {
                listener.accept(now);
            }
            return now;
        } catch (RuntimeException e) { // The listener's fault ends neither the watch nor the plugin.
            LOG.error("{}: a listener to settings has failed", declaration.plugin(), e);
            return told;
        }
    }

    /** Lets go of what names the secret, and tells the watches. */
    void secretChanged(SecretChange change, boolean isServers) {
        forget((key, value) -> (key.tenant() == null ? isServers : key.tenant().equals(change.tenant()))
                && names(value, "\"" + SecretReferences.PREFIX + change.name() + "\""));
    }

    /** Lets go of what names any secret, and tells the watches. */
    void anySecretMayHaveChanged() {
        forget((_, value) -> names(value, "\"" + SecretReferences.PREFIX));
    }

    private void forget(BiPredicate<Key, Bound> which) {
        secretChanges.incrementAndGet();
        if (bound.asMap().entrySet().removeIf(each -> which.test(each.getKey(), each.getValue()))) {
            changed();
        }
    }

    private boolean names(Bound value, String reference) {
        return Stream.of(
                        declaration.fileValues(),
                        value.server().values(),
                        value.tenant().values())
                .anyMatch(values -> values.toString().contains(reference));
    }

    /** Wakes the watches. */
    void changed() {
        for (Semaphore watch : watches) {
            if (watch.availablePermits() == 0) {
                watch.release();
            }
        }
    }

    /** Lets go of every class of the plugin. */
    @Override
    public void close() {
        atClose.accept(this);
        declaration.forgetType();
        types.clear();
        bound.invalidateAll();
        watches.clear();
    }
}
