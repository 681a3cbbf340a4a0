package dev.mortise.api.job;

import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The durable work of one plugin, for the tenant that {@link dev.mortise.api.call.CallContext} names.
 *
 * <p>What is called inside of a transaction of the plugin's {@link dev.mortise.api.store.Store} is kept or dropped with
 * that transaction; outside of one it is kept when the call returns.
 *
 * @since 0.1
 */
@ProviderType
public interface Jobs {
    /**
     * Schedules a job.
     *
     * @return the id of the job: of the one that was there already when the request carries a key that is taken
     * @throws MortiseException with {@code api.input-invalid} when the handler's name does not begin with this plugin's
     *     id or the payload is larger than 256 KiB of JSON, {@code api.no-call-context} when no tenant is bound,
     *     {@code kernel.database-unavailable}
     */
    UUID schedule(JobRequest request);

    /**
     * Schedules a job again and again. A repetition of the same name is replaced; its next time is then reckoned anew
     * unless cron expression and zone are what they were, so a plugin may call this at each start.
     *
     * @throws MortiseException as {@link #schedule}; with {@code api.input-invalid} for a cron expression that cannot
     *     be read
     */
    void repeat(Repetition repetition);

    /** Ends a repetition; jobs that it has scheduled already stay. Returns whether there was one. */
    boolean endRepetition(String name);

    /** Returns a job of this plugin, or empty when there is none of that id. */
    Optional<JobStatus> find(UUID id);

    /**
     * Cancels a job that has not ended. A run that goes on is interrupted, and none of its writes is committed any
     * more.
     *
     * @return whether the job was cancelled by this call
     */
    boolean cancel(UUID id);
}
