package dev.mortise.api.call;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the current code runs. Bound once at the door and inherited by every call from there; code in the
 * middle reads it and never makes one.
 *
 * @param tenant whose data is visible
 * @param principal who acts
 * @param traceId the correlation id, 32 lower-case hexadecimal digits as in W3C Trace Context, section 3.2.2.3
 * @since 0.1
 */
public record CallContext(TenantId tenant, Principal principal, String traceId) {
    private static final ScopedValue<CallContext> CURRENT = ScopedValue.newInstance();

    /**
     * Returns the context of the running call.
     *
     * @throws MortiseException with {@code api.no-call-context} when none is bound
     */
    public static CallContext current() {
        if (!CURRENT.isBound()) {
            throw new MortiseException(
                    ApiError.NO_CALL_CONTEXT,
                    "No tenant and principal are bound to this thread",
                    "Work on new threads starts through Background or Extensions; work in the background binds a tenant by"
                            + " Tenants.asSystem");
        }
        return CURRENT.get();
    }

    /** Returns the context of the running call, or empty when none is bound. */
    public static Optional<CallContext> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs the work with this context bound and returns its result. */
    public <R extends @Nullable Object> R call(Supplier<? extends R> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** Runs the work with this context bound. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }
}
