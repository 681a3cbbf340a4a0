package dev.mortise.kernel.job;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * When a cron expression is due in a time zone. cron-utils reads the expression and reckons on a clock that never
 * changes; what happens when the zone's clock does is decided here, as {@link dev.mortise.api.job.Repetition} promises.
 */
final class CronTimes {
    private final ExecutionTime pattern;
    private final ZoneRules rules;
    private final boolean followsElapsedTime;

    private CronTimes(ExecutionTime pattern, ZoneRules rules, boolean followsElapsedTime) {
        this.pattern = pattern;
        this.rules = rules;
        this.followsElapsedTime = followsElapsedTime;
    }

    /**
     * Reads an expression of five fields.
     *
     * @throws MortiseException with {@code api.input-invalid}
     */
    static CronTimes parse(String cron, ZoneId zone) {
        try {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            ExecutionTime pattern = ExecutionTime.forCron(parser.parse(cron).validate());
            return new CronTimes(
                    pattern, zone.getRules(), cron.strip().split("\\s+")[1].startsWith("*"));
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The cron expression \"" + cron + "\" cannot be read: " + e.getMessage(),
                    "Write minute, hour, day of month, month and day of week, such as 30 6 * * 1-5",
                    e);
        }
    }

    /** Returns the first time after the instant, or empty for an expression such as 30 February. */
    Optional<Instant> after(Instant instant) {
        return followsElapsedTime ? elapsed(instant) : daily(instant);
    }

    /**
     * Each time that the zone's clock really shows: an hour that comes twice counts twice, one that is skipped never.
     */
    private Optional<Instant> elapsed(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        Instant from = instant;
        while (true) {
            Optional<LocalDateTime> local =
                    next(LocalDateTime.ofEpochSecond(from.getEpochSecond(), from.getNano(), offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (local.isEmpty()) {
                return Optional.empty();
            }
            Instant candidate = local.get().toInstant(offset);
            if (change == null || candidate.isBefore(change.getInstant())) {
                return Optional.of(candidate);
            }
            offset = change.getOffsetAfter();
            // The moment of the change itself may be due on the new clock.
            from = change.getInstant().minusNanos(1);
            Optional<LocalDateTime> atChange =
                    next(LocalDateTime.ofEpochSecond(from.getEpochSecond(), from.getNano(), offset));
            if (atChange.isEmpty()) {
                return Optional.empty();
            }
            ZoneOffsetTransition following = rules.nextTransition(change.getInstant());
            Instant due = atChange.get().toInstant(offset);
            if (following == null || due.isBefore(following.getInstant())) {
                return Optional.of(due);
            }
            from = change.getInstant();
        }
    }

    /** Each local time once: in a gap at its end, in an overlap the first time. */
    private Optional<Instant> daily(Instant instant) {
        Optional<LocalDateTime> local = next(
                LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant)));
        while (local.isPresent()) {
            Instant due = at(local.get());
            if (due.isAfter(instant)) {
                return Optional.of(due);
            }
            local = next(local.get());
        }
        return Optional.empty();
    }

    private Instant at(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    private Optional<LocalDateTime> next(LocalDateTime local) {
        return pattern.nextExecution(local.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
    }
}
