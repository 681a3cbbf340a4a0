package dev.mortise.api.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job to be scheduled.
 *
 * @param handler the name of the {@link JobHandler}; begins with the plugin's id and a dot
 * @param payload what the handler works on: a record or a JSON tree, written by the plugin's own mapper; at most 256
 *     KiB of JSON
 * @param at when, empty for at once; a time in the past means at once
 * @param priority which of the tenant's due jobs run first
 * @param key makes scheduling idempotent: a second request with the same key finds the first one's job, for as long as
 *     that is kept (seven days after its end, by default)
 * @param lane how many jobs may run side by side, empty for as many as there is room for
 * @since 0.1
 */
public record JobRequest(
        String handler,
        Object payload,
        Optional<Instant> at,
        JobPriority priority,
        Optional<String> key,
        Optional<Lane> lane) {
    private static final int LONGEST = 200;

    /**
     * Jobs of the same tenant and key, of which a limited number runs at any time on all nodes together.
     *
     * @param key what they have in common, such as {@code account-17}
     * @param atMost how many may run at once
     */
    public record Lane(String key, int atMost) {
        /** Refuses an empty or overlong key, and a limit that would let none run. */
        public Lane {
            requireShort("The lane's key", key);
            if (atMost < 1) {
                throw new IllegalArgumentException("A lane lets at least one job run, not " + atMost);
            }
        }
    }

    /** Refuses an empty or overlong handler or key. */
    public JobRequest {
        requireShort("The handler's name", handler);
        key.ifPresent(text -> requireShort("The job's key", text));
    }

    /** Returns a request to run at once, with ordinary priority. */
    public static JobRequest of(String handler, Object payload) {
        return new JobRequest(
                handler, payload, Optional.empty(), JobPriority.NORMAL, Optional.empty(), Optional.empty());
    }

    /** Returns this request for a later time. */
    public JobRequest at(Instant time) {
        return new JobRequest(handler, payload, Optional.of(time), priority, key, lane);
    }

    /** Returns this request with another priority. */
    public JobRequest priority(JobPriority other) {
        return new JobRequest(handler, payload, at, other, key, lane);
    }

    /** Returns this request, to be scheduled once however often it is made. */
    public JobRequest once(String uniqueKey) {
        return new JobRequest(handler, payload, at, priority, Optional.of(uniqueKey), lane);
    }

    /** Returns this request, of which no two with the same lane run at once. */
    public JobRequest oneAtATime(String laneKey) {
        return atMost(1, laneKey);
    }

    /** Returns this request, of which so many with the same lane run at once at most. */
    public JobRequest atMost(int limit, String laneKey) {
        return new JobRequest(handler, payload, at, priority, key, Optional.of(new Lane(laneKey, limit)));
    }

    private static void requireShort(String what, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(what + " must have from 1 to " + LONGEST + " characters");
        }
    }
}
