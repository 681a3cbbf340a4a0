package dev.mortise.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.store.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * What the kernel's jobs stand on, by itself: no tenants, no ranks, no book of what became of a job, no lease that is
 * checked when the effect is written. The table is the one of db-scheduler's own documentation.
 */
final class BareScheduler implements AutoCloseable {
    private static final String TABLES = """
            CREATE SCHEMA peer;
            CREATE TABLE peer.scheduled_tasks (
                task_name            text                     NOT NULL,
                task_instance        text                     NOT NULL,
                task_data            bytea,
                execution_time       timestamp with time zone NOT NULL,
                picked               boolean                  NOT NULL,
                picked_by            text,
                last_success         timestamp with time zone,
                last_failure         timestamp with time zone,
                consecutive_failures integer,
                last_heartbeat       timestamp with time zone,
                version              bigint                   NOT NULL,
                priority             smallint,
                PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX ON peer.scheduled_tasks (execution_time);
            CREATE TABLE peer.effect (id uuid PRIMARY KEY DEFAULT uuidv7(), what text NOT NULL);
            """;

    private final AtomicLong done = new AtomicLong();
    private final HikariDataSource pool;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;

    private BareScheduler(HikariDataSource pool) {
        this.pool = pool;
        this.task = Tasks.oneTime("work").execute((_, _) -> effect(pool));
        this.scheduler = Scheduler.create(pool, task)
                .tableName("peer.scheduled_tasks")
                .threads(64)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        scheduler.start();
    }

    static BareScheduler on(DatabaseAddress address) throws SQLException {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.ownerUser());
        pool.setPassword(address.ownerPassword());
        pool.setMaximumPoolSize(20);
        try (Connection owner = pool.getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(TABLES);
        }
        return new BareScheduler(pool);
    }

    private void effect(DataSource connections) {
        try (Connection connection = connections.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO peer.effect (what) VALUES (?)")) {
            insert.setString(1, "effect");
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        done.incrementAndGet();
    }

    /**
     * Schedules one by one from several threads and returns how many were done each second; the count is a multiple of
     * theirs.
     */
    double jobsPerSecond(int count) throws Exception {
        done.set(0);
        long began = System.nanoTime();
        WorkBench.inParallel(
                count, () -> scheduler.schedule(task.instance(UUID.randomUUID().toString()), Instant.now()));
        while (done.get() < count) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return count / ((System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
    }
}
