package dev.mortise.kernel.job;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.job.JobRequest;
import dev.mortise.api.job.JobStatus;
import dev.mortise.api.job.Jobs;
import dev.mortise.api.job.Repetition;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.payload.Payload;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.trace.ActiveSpan;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jobs of one load of a plugin. */
record PluginJobs(String plugin, PluginStore store, JsonMapper json) implements Jobs {
    private static final int LARGEST_PAYLOAD = 256 << 10;

    @Override
    public UUID schedule(JobRequest request) {
        JobMapper.NewJob job = newJob(request);
        return store.kernel(Access.WRITE, open -> insert(open, job));
    }

    private UUID insert(Transaction open, JobMapper.NewJob job) {
        JobMapper jobs = open.mapper(JobMapper.class);
        UUID made = jobs.insert(job);
        if (made != null) {
            return made;
        }
        UUID present = job.jobKey() == null ? null : jobs.byKey(job.plugin(), job.jobKey());
        if (present == null) {
            throw new MortiseException(
                    ApiError.CONFLICT,
                    "The job with key " + job.jobKey() + " was dropped while it was scheduled again",
                    "Schedule it once more");
        }
        return present;
    }

    private JobMapper.NewJob newJob(JobRequest request) {
        requireOwn(request.handler());
        Optional<JobRequest.Lane> lane = request.lane();
        return new JobMapper.NewJob(
                plugin,
                request.handler(),
                Ranks.of(request.priority()),
                request.key().orElse(null),
                lane.map(JobRequest.Lane::key).orElse(null),
                lane.map(JobRequest.Lane::atMost).orElse(null),
                request.at().orElse(null),
                CallContext.current().traceId(),
                ActiveSpan.traceparent(),
                payload(request));
    }

    @Override
    public void repeat(Repetition repetition) {
        CronTimes times = CronTimes.parse(repetition.cron(), repetition.zone());
        JobRequest request = repetition.request();
        requireOwn(request.handler());
        JsonNode payload = payload(request);
        store.kernel(Access.WRITE, open -> {
            RepetitionMapper repetitions = open.mapper(RepetitionMapper.class);
            RepetitionMapper.Row former = repetitions.find(plugin, repetition.name());
            Instant next = former != null && isSameTime(former, repetition)
                    ? former.nextAt()
                    : first(repetition, times, repetitions.now());
            repetitions.put(row(repetition, payload, next));
            return next;
        });
    }

    private static boolean isSameTime(RepetitionMapper.Row former, Repetition repetition) {
        return former.cron().equals(repetition.cron())
                && former.zone().equals(repetition.zone().getId());
    }

    private static Instant first(Repetition repetition, CronTimes times, Instant now) {
        return times.after(now)
                .orElseThrow(() -> new MortiseException(
                        ApiError.INPUT_INVALID,
                        "The cron expression \"" + repetition.cron() + "\" is never due",
                        "Name a day that exists"));
    }

    private RepetitionMapper.Row row(Repetition repetition, JsonNode payload, Instant next) {
        JobRequest request = repetition.request();
        JobRequest.Lane lane = request.lane().orElse(new JobRequest.Lane(Repetitions.lane(repetition.name()), 1));
        return new RepetitionMapper.Row(
                plugin,
                repetition.name(),
                request.handler(),
                repetition.cron(),
                repetition.zone().getId(),
                Ranks.of(request.priority()),
                lane.key(),
                lane.atMost(),
                payload,
                next);
    }

    @Override
    public boolean endRepetition(String name) {
        return store.kernel(
                        Access.WRITE,
                        open -> open.mapper(RepetitionMapper.class).delete(plugin, name))
                > 0;
    }

    @Override
    public Optional<JobStatus> find(UUID id) {
        return store.kernel(Access.READ, open -> own(open.mapper(JobMapper.class), id))
                .map(JobRow::status);
    }

    @Override
    public boolean cancel(UUID id) {
        return store.kernel(Access.WRITE, open -> {
            JobMapper jobs = open.mapper(JobMapper.class);
            return own(jobs, id).isPresent() && jobs.cancel(id);
        });
    }

    private Optional<JobRow> own(JobMapper jobs, UUID id) {
        return Optional.ofNullable(jobs.find(id)).filter(job -> job.plugin().equals(plugin));
    }

    private void requireOwn(String handler) {
        if (!handler.startsWith(plugin + ".")) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The handler " + handler + " is not one of the plugin " + plugin,
                    "Name a handler that begins with \"" + plugin + ".\"; ask other plugins through their extensions");
        }
    }

    private JsonNode payload(JobRequest request) {
        return Payload.of(json, request.payload(), LARGEST_PAYLOAD, "The job for " + request.handler());
    }
}
