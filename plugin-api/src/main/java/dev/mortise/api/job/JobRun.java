package dev.mortise.api.job;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.store.Store;
import dev.mortise.api.store.Transaction;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of a job, valid until the handler returns.
 *
 * <p>A run holds a lease on its job. Every write that it makes through a {@link Store}, its own plugin's or another's,
 * is committed only while the lease is held: a node that was paused for longer than the lease, and whose job runs
 * elsewhere by now, gets {@code kernel.job-lease-lost} and nothing of its work is kept.
 *
 * @since 0.1
 */
@ProviderType
public interface JobRun {
    /** Returns the job's id; the same for every run of it, so it can serve as an idempotency key for other systems. */
    UUID id();

    /** Returns which try this is, from 1. */
    int attempt();

    /** Returns what the job was scheduled with. */
    JsonNode payload();

    /**
     * Returns the payload as a value.
     *
     * @param json the plugin's own mapper
     * @throws MortiseException with {@code api.input-invalid} when it does not fit
     */
    <T> T payload(JsonMapper json, Class<T> type);

    /**
     * Reports how far the run is, for people. Called often, it is written once a second.
     *
     * @param part from 0 to 1
     * @param text what is being done, in a few words
     */
    void progress(double part, String text);

    /**
     * Does the last work of the run and ends the job, both in one transaction: either the job has succeeded and the
     * work is kept, or neither. Nothing may be written after it. A handler that returns without this has its job ended
     * right after, so that a crash between the two leads to another run.
     *
     * @param store the plugin's own store
     * @return what the work returned
     * @throws MortiseException with {@code kernel.job-lease-lost} when the job belongs to another run by now or was
     *     cancelled; nothing is committed
     */
    <R extends @Nullable Object> R complete(Store store, Function<? super Transaction, ? extends R> work);
}
