package dev.mortise.kernel.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The limits of each tenant: the configuration's, and over them what the operator set. From memory; a change reaches
 * the other nodes within 5 seconds of the tenant's use.
 */
final class LimitDirectory {
    private static final int TENANTS_AT_MOST = 10_000;
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final SchemaSessions sessions;
    private final LimitSettings settings;
    private final TenantLimits standard;
    private final LoadingCache<TenantId, TenantLimits> known;

    LimitDirectory(SchemaSessions sessions, LimitSettings settings) {
        this.sessions = sessions;
        this.settings = settings;
        this.standard = TenantLimits.of(settings, List.of());
        Executor reload = work -> Thread.ofVirtual().name("limit-reload").start(work);
        this.known = Caffeine.newBuilder()
                .maximumSize(TENANTS_AT_MOST)
                .refreshAfterWrite(FRESH)
                .expireAfterWrite(KEPT)
                .executor(reload)
                .build(this::load);
    }

    /** Returns the limits in force; the configuration's when the database is away. */
    TenantLimits of(TenantId tenant) {
        try {
            return known.get(tenant);
        } catch (MortiseException databaseAway) {
            // Remembered as long as an answer of the database would be.
            known.put(tenant, standard);
            return standard;
        }
    }

    /** Replaces what is set for a tenant. */
    void replace(TenantId tenant, List<LimitMapper.TenantRate> overrides) {
        sessions.inTransaction(tenant, Access.WRITE, open -> {
            LimitMapper limits = open.mapper(LimitMapper.class);
            limits.clear();
            overrides.forEach(each -> limits.put(each.name(), each.permits(), each.seconds()));
            return overrides.size();
        });
        known.invalidate(tenant);
    }

    private TenantLimits load(TenantId tenant) {
        return TenantLimits.of(
                settings,
                sessions.inTransaction(
                        tenant,
                        Access.READ,
                        open -> open.mapper(LimitMapper.class).overrides()));
    }
}
