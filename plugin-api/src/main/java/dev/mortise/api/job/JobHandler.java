package dev.mortise.api.job;

import dev.mortise.api.extension.NamedExtension;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of jobs of one kind. Its name begins with the plugin's id and a dot, such as {@code crm.sync}.
 *
 * <p>A run has the job's tenant bound and a principal of kind {@code SYSTEM} that stands for the plugin. It is leased:
 * while an update swaps versions, a run ends on the version that it began on, and the next one is the new version's. A
 * job whose handler no running plugin offers waits, and is shown as parked.
 *
 * @since 0.1
 */
@ConsumerType
public interface JobHandler extends NamedExtension {
    /**
     * Does the work and returns when it is done. A run that throws is tried again as {@link #retries} says, unless the
     * exception is a {@link dev.mortise.api.error.MortiseException} of a category that no second try can help (invalid,
     * refused, forbidden, not found, too large): then the job is dead at once. It may be called more than once for the
     * same job: after a failure, and after the node that ran it was lost. When the thread is interrupted the run ends
     * soon: the job was cancelled, or the server stops and the job runs again later.
     */
    void run(JobRun run);

    /** Returns how failed runs are tried again. */
    default RetryPolicy retries() {
        return RetryPolicy.standard();
    }
}
