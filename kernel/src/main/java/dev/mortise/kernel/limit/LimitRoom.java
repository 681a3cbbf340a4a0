package dev.mortise.kernel.limit;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.limit.Limits;
import dev.mortise.api.limit.Rate;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.http.StrangerLimit;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.tenant.TenantDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room of the limits, put together.
 *
 * @since 0.1
 */
public final class LimitRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LimitRoom.class);
    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    private final Database database;
    private final LimitSettings settings;
    private final TenantId operator;
    private final MeterRegistry meters;
    private final LimitDirectory directory;
    private final RateLimiter limiter;
    private final Thread tidying;

    private LimitRoom(Database database, LimitSettings settings, TenantId operator, MeterRegistry meters) {
        this.database = database;
        this.settings = settings;
        this.operator = operator;
        this.meters = meters;
        this.directory = new LimitDirectory(database.kernel(), settings);
        this.limiter = new RateLimiter(this::lease, System::nanoTime);
        this.tidying = Thread.ofVirtual().name("limit-tidying").unstarted(this::tidy);
    }

    /** Opens the room. */
    public static LimitRoom open(Database database, LimitSettings settings, TenantId operator, MeterRegistry meters) {
        LimitRoom room = new LimitRoom(database, settings, operator, meters);
        room.tidying.start();
        return room;
    }

    private LimitMapper.Lease lease(
            TenantId tenant, String bucket, Rate rate, long wanted, long atLeast, long giveBack) {
        return database.kernel()
                .inTransaction(
                        tenant,
                        Access.WRITE,
                        open -> open.mapper(LimitMapper.class)
                                .lease(bucket, rate.permits(), rate.per().toNanos() / 1e9, wanted, atLeast, giveBack));
    }

    /** Returns the passage for requests whose caller is known. */
    public Passage passage() {
        return isOn()
                ? new LimitPassage(directory, limiter, strangers(), meters)
                : (exchange, onward) -> onward.accept(exchange);
    }

    /** Returns the limit for requests without a valid key. */
    public StrangerLimit strangers() {
        return isOn() ? new AddressLimit(limiter, settings.address().rate(), operator, meters) : (_, _) -> {};
    }

    /** Returns the limits of one load of a plugin. */
    public Limits of(String pluginId) {
        return new PluginLimits(pluginId, directory, limiter);
    }

    /** Returns the HTTP resources of this room. */
    public List<? extends HttpResource> resources(TenantDirectory tenants) {
        return List.of(new LimitResource(directory, tenants));
    }

    private boolean isOn() {
        return Boolean.TRUE.equals(settings.enabled());
    }

    private void tidy() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(TIDY_EVERY);
                database.kernel()
                        .<Long>inTransaction(
                                null,
                                Access.WRITE,
                                open -> open.mapper(LimitMapper.class).forgetFull());
            } catch (InterruptedException e) {
                return;
            } catch (MortiseException e) {
                LOG.warn("Full limits could not be forgotten; it is tried again: {}", e.describe());
            }
        }
    }

    @Override
    public void close() {
        tidying.interrupt();
        try {
            tidying.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
