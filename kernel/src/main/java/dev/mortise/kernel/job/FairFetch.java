package dev.mortise.kernel.job;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Lets db-scheduler pick by {@code mortise.fetch_jobs}, which knows tenants, lanes and the handlers of this node. */
final class FairFetch extends PostgreSqlJdbcCustomization {
    private final Supplier<List<String>> offered;

    FairFetch(Supplier<List<String>> offered) {
        super(/* useGenericLockAndFetch= */ false, /* persistTimestampInUTC= */ false);
        this.offered = offered;
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
        List<String> handlers = offered.get();
        if (handlers.isEmpty()) {
            return List.of();
        }
        return context.jdbcRunner.query(
                "SELECT * FROM mortise.fetch_jobs(?, ?, ?)",
                statement -> {
                    statement.setString(1, context.schedulerName.getName());
                    statement.setArray(2, statement.getConnection().createArrayOf("text", handlers.toArray()));
                    statement.setInt(3, limit);
                },
                context.resultSetMapper.get());
    }
}
