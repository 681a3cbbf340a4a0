package dev.mortise.api.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A job as it stands.
 *
 * @param id its id
 * @param handler the name of its handler
 * @param state what it is doing
 * @param priority which of the tenant's jobs run first
 * @param attempt how many runs have begun
 * @param runAt when it is or was due
 * @param createdAt when it was scheduled
 * @param startedAt when the last run began
 * @param endedAt when it ended for good
 * @param progress how far the last run is
 * @param failure why the last run failed
 * @since 0.1
 */
public record JobStatus(
        UUID id,
        String handler,
        State state,
        JobPriority priority,
        int attempt,
        Instant runAt,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Progress> progress,
        Optional<Failure> failure) {
    /** What a job is doing. */
    public enum State {
        /** Waiting for its time, its turn or its next try. */
        SCHEDULED,
        /** Waiting for a plugin that offers its handler. */
        PARKED,
        /** Being run. */
        RUNNING,
        /** Done. */
        SUCCEEDED,
        /** Failed for good; it can be replayed. */
        DEAD,
        /** Ended by somebody. */
        CANCELLED
    }

    /**
     * How far a run is.
     *
     * @param part from 0 to 1
     * @param text what it was doing
     */
    public record Progress(double part, String text) {}

    /**
     * Why a run failed.
     *
     * @param code the stable code
     * @param message what and where
     */
    public record Failure(String code, String message) {}
}
