package dev.mortise.kernel.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * db-scheduler on {@code mortise.job_queue}: polls, picks, beats and gives each job a virtual thread. How a run ends is
 * written down by {@link JobRunner}, and runs of nodes that went away are found by {@code mortise.tend_jobs}; of both
 * db-scheduler is told nothing, because our book and its queue must change in one transaction.
 */
final class JobQueue implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Scheduler scheduler;

    JobQueue(DataSource pool, String node, JobOptions options, Supplier<List<String>> offered, JobRunner runner) {
        JsonMapper json = JsonMapper.builder().build();
        CustomTask<byte[]> job = Tasks.custom("job", byte[].class)
                .onFailure((_, _) -> {})
                .onDeadExecution((_, _) -> {})
                .execute((instance, _) -> {
                    runner.run(json.readValue(instance.getData(), JobPick.class));
                    return (_, _) -> {};
                });
        ThreadFactory runs = Thread.ofVirtual().name("job-", 0).factory();
        ThreadFactory own =
                Thread.ofPlatform().daemon().name("mortise-jobs-", 0).factory();
        this.scheduler = Scheduler.create(pool, job)
                .tableName("mortise.job_queue")
                .schedulerName(new SchedulerName.Fixed(node))
                .jdbcCustomization(new FairFetch(offered))
                .serializer(new AsIs())
                .threads(options.threads())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(POLL)
                .heartbeatInterval(options.heartbeat())
                .missedHeartbeatsLimit(JobOptions.MISSED_HEARTBEATS)
                .executorService(Executors.newThreadPerTaskExecutor(runs))
                .dueExecutor(Executors.newSingleThreadExecutor(own))
                .housekeeperExecutor(Executors.newScheduledThreadPool(1, own))
                .shutdownMaxWait(STOP_LIMIT)
                .failureLogging(LogLevel.WARN, true)
                .build();
    }

    void start() {
        scheduler.start();
    }

    /** Looks for due jobs now. */
    void look() {
        scheduler.triggerCheckForDueExecutions();
    }

    /** Picks no more, waits for the runs, and interrupts those that do not end. */
    @Override
    public void close() {
        scheduler.stop();
    }

    /** The data of a job is the JSON that the picking function made. */
    private record AsIs() implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] serialized) {
            return type.cast(serialized);
        }
    }
}
