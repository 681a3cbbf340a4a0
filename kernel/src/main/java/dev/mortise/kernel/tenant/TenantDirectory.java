package dev.mortise.kernel.tenant;

import dev.mortise.api.audit.Audit;
import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the operator does with tenants. The caller's permission is checked at the door.
 *
 * @since 0.1
 */
public final class TenantDirectory {
    /** So long every node knows of the deletion before the first row goes. */
    static final Duration SHORTEST_GRACE = Duration.ofSeconds(10);

    private static final Duration LONGEST_GRACE = Duration.ofDays(3650);
    private static final int LONGEST_DISPLAY_NAME = 200;
    private static final int LARGEST_SETTINGS = 16 << 10;

    private final Database database;
    private final Function<TenantId, String> firstKey;
    private final Audit audit;
    private final TenantId operator;

    TenantDirectory(Database database, Function<TenantId, String> firstKey, Audit audit, TenantId operator) {
        this.firstKey = firstKey;
        this.database = database;
        this.audit = audit;
        this.operator = operator;
    }

    /**
     * A tenant that was made.
     *
     * @param apiKey its first administrator's key; it can never be read again
     */
    public record Created(Tenant tenant, String apiKey) {}

    /**
     * Makes a tenant and its first key, which may do everything within it.
     *
     * @throws MortiseException with {@code kernel.tenant-exists} or {@code api.input-invalid}
     */
    public Created create(@Nullable String name, @Nullable String displayName, @Nullable JsonNode settings) {
        String checked = TenantRef.checkedName(name);
        String shown = displayName == null ? "" : checkedDisplayName(displayName);
        JsonNode notes = settings == null ? JsonMapper.shared().createObjectNode() : checkedSettings(settings);
        TenantId id = new TenantId(read(TenantMapper.class, TenantMapper::newId));
        // Bound to the new tenant, so that it and its first key are kept or dropped together.
        String key = database.kernel().inTransaction(id, Access.WRITE, open -> {
            if (open.mapper(TenantMapper.class).insert(id, checked, shown, notes) == 0) {
                throw nameTaken(checked);
            }
            return firstKey.apply(id);
        });
        return new Created(recorded("created", get(new TenantRef(id.value(), null))), key);
    }

    /**
     * Lists tenants, oldest first.
     *
     * @param after the last one of the page before, or null
     */
    public List<Tenant> list(@Nullable UUID after, int limit) {
        return read(TenantMapper.class, tenants -> tenants.list(after, limit));
    }

    /**
     * Shows one tenant.
     *
     * @throws MortiseException with {@code kernel.tenant-unknown}
     */
    public Tenant get(TenantRef ref) {
        return read(TenantMapper.class, tenants -> tenants.find(ref.id(), ref.name()))
                .orElseThrow(() -> unknown(ref));
    }

    /**
     * Changes what is given; null leaves it as it is.
     *
     * @throws MortiseException with {@code kernel.tenant-unknown}, {@code kernel.tenant-exists} when the name is taken,
     *     or {@code api.input-invalid}
     */
    public Tenant change(
            TenantRef ref, @Nullable String name, @Nullable String displayName, @Nullable JsonNode settings) {
        Tenant tenant = get(ref);
        String checked = name == null ? null : TenantRef.checkedName(name);
        if (checked != null && !checked.equals(tenant.name()) && tenant.id().equals(operator)) {
            throw operatorStays("renamed");
        }
        String shown = displayName == null ? null : checkedDisplayName(displayName);
        JsonNode notes = settings == null ? null : checkedSettings(settings);
        try {
            write(tenants -> tenants.change(tenant.id(), checked, shown, notes));
        } catch (MortiseException e) {
            throw e.errorCode() == KernelError.DATA_CONFLICT && checked != null ? nameTaken(checked) : e;
        }
        return recorded("changed", get(new TenantRef(tenant.id().value(), null)));
    }

    /**
     * Stops everything of a tenant: on this node at once, on others within two seconds.
     *
     * @throws MortiseException with {@code kernel.tenant-unknown}, or {@code kernel.tenant-state} for one that is not
     *     active or is the operator's own
     */
    public Tenant suspend(TenantRef ref) {
        Tenant tenant = get(ref);
        if (tenant.id().equals(operator)) {
            throw operatorStays("suspended");
        }
        if (write(tenants -> tenants.suspend(tenant.id())) == 0) {
            throw wrongState(tenant, "It is not active");
        }
        database.tenants().refreshStopped();
        return recorded("suspended", get(new TenantRef(tenant.id().value(), null)));
    }

    /**
     * Lets a tenant work again that is suspended, or that is being deleted and still whole.
     *
     * @throws MortiseException with {@code kernel.tenant-unknown} or {@code kernel.tenant-state}
     */
    public Tenant resume(TenantRef ref) {
        Tenant tenant = get(ref);
        database.kernel().inTransaction(null, Access.WRITE, open -> {
            if (open.mapper(TenantMapper.class).resume(tenant.id()) == 0) {
                throw wrongState(tenant, "It is active, or its rows are being erased already");
            }
            open.mapper(ErasureMapper.class).forget(tenant.id());
            return tenant;
        });
        database.tenants().refreshStopped();
        return recorded("resumed", get(new TenantRef(tenant.id().value(), null)));
    }

    /**
     * Begins to delete a tenant: it stops at once, and after the grace all its rows in all schemas are erased.
     *
     * @throws MortiseException with {@code kernel.tenant-unknown}, {@code kernel.tenant-state} for one that is being
     *     deleted or is the operator's own, or {@code api.input-invalid} for a grace under 10 seconds or over ten years
     */
    public Tenant delete(TenantRef ref, Duration grace) {
        if (grace.compareTo(SHORTEST_GRACE) < 0 || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The grace before a tenant's rows are erased is from " + SHORTEST_GRACE + " to " + LONGEST_GRACE,
                    "Give an ISO 8601 duration within that, such as P7D");
        }
        Tenant tenant = get(ref);
        if (tenant.id().equals(operator)) {
            throw operatorStays("deleted");
        }
        String by = CallContext.current().principal().id();
        database.kernel().inTransaction(null, Access.WRITE, open -> {
            TenantMapper tenants = open.mapper(TenantMapper.class);
            if (tenants.delete(tenant.id(), grace.toSeconds()).isEmpty()) {
                throw wrongState(tenant, "It is being deleted already");
            }
            open.mapper(ErasureMapper.class).request(tenant.id(), tenant.name(), by);
            return tenant;
        });
        database.tenants().refreshStopped();
        return recorded("deleted", get(new TenantRef(tenant.id().value(), null)));
    }

    /**
     * Shows what became of a deletion.
     *
     * @throws MortiseException with {@code kernel.tenant-unknown} when none was asked for
     */
    public Erasure erasure(TenantRef ref) {
        return read(ErasureMapper.class, erasures -> erasures.find(ref.id(), ref.name()))
                .orElseThrow(() -> unknown(ref));
    }

    /** Lists deletions by the id of the tenant. */
    public List<Erasure> erasures(@Nullable UUID after, int limit) {
        return read(ErasureMapper.class, erasures -> erasures.list(after, limit));
    }

    private Tenant recorded(String what, Tenant tenant) {
        audit.record(AuditEntry.done("kernel.tenant." + what, "tenant/" + tenant.id())
                .with("name", tenant.name()));
        return tenant;
    }

    private int write(ToIntFunction<TenantMapper> change) {
        return database.kernel()
                .<Integer>inTransaction(null, Access.WRITE, open -> change.applyAsInt(open.mapper(TenantMapper.class)));
    }

    private <M, R> R read(Class<M> mapper, Function<M, R> work) {
        return database.kernel().<R>inTransaction(null, Access.READ, open -> work.apply(open.mapper(mapper)));
    }

    private static String checkedDisplayName(String name) {
        if (name.length() > LONGEST_DISPLAY_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "\"displayName\" is longer than " + LONGEST_DISPLAY_NAME + " characters or has control characters",
                    "Give a name of one line");
        }
        return name.strip();
    }

    private static JsonNode checkedSettings(JsonNode settings) {
        if (!settings.isObject() || settings.toString().length() > LARGEST_SETTINGS) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "\"settings\" is no JSON object, or is larger than " + LARGEST_SETTINGS + " characters",
                    "Send a small object");
        }
        return settings;
    }

    private static MortiseException unknown(TenantRef ref) {
        return new MortiseException(
                KernelError.TENANT_UNKNOWN,
                "There is no tenant \"" + ref + "\"",
                "`mortise tenant list` shows those that are there");
    }

    private static MortiseException nameTaken(String name) {
        return new MortiseException(
                KernelError.TENANT_EXISTS, "A tenant named \"" + name + "\" is there already", "Choose another name");
    }

    private static MortiseException wrongState(Tenant tenant, String why) {
        return new MortiseException(
                KernelError.TENANT_STATE,
                "The tenant " + tenant.name() + " cannot take this step: " + why,
                "`mortise tenant list` shows the state of each tenant");
    }

    private static MortiseException operatorStays(String what) {
        return new MortiseException(
                KernelError.TENANT_STATE,
                "The operator's own tenant cannot be " + what + ": nobody could run this server any more",
                "Create a tenant of its own for what is to be " + what);
    }
}
