package dev.mortise.kernel.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Lets no statement of a migration wait for a lock for longer than a limit. */
record LockTimeout(Duration limit) implements Callback {
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("SET lock_timeout = " + limit.toMillis());
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Lock timeout of a migration");
        }
    }

    @Override
    public String getCallbackName() {
        return "lock-timeout";
    }
}
