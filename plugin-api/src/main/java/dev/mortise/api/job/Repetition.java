package dev.mortise.api.job;

import java.time.ZoneId;

/**
 * A job that is scheduled again and again. Occurrences that were missed, because no node ran or the plugin was stopped,
 * are made up for by one run. An occurrence whose predecessor still runs waits for it.
 *
 * <p>When clocks change: an expression whose hours are fixed, such as {@code 30 2 * * *}, runs exactly once a day: at
 * the end of the hour that is skipped, and at the first of two equal times. One whose hours begin with a star, such as
 * {@code *}{@code /15 * * * *}, follows the time that really passes.
 *
 * @param name unique in the plugin and tenant
 * @param cron five fields: minute, hour, day of month, month, day of week, as in {@code crontab(5)}
 * @param zone where the fields are read
 * @param request what is scheduled; its time and key are chosen by the repetition
 * @since 0.1
 */
public record Repetition(String name, String cron, ZoneId zone, JobRequest request) {
    private static final int LONGEST = 200;

    /** Refuses an empty or overlong name. */
    public Repetition {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new IllegalArgumentException("The repetition's name must have from 1 to " + LONGEST + " characters");
        }
    }
}
