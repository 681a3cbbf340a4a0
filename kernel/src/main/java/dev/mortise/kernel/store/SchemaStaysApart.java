package dev.mortise.kernel.store;

import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Refuses, in the transaction of the migrations, a schema that would not keep tenants apart. */
record SchemaStaysApart(String schema, String lastScript, SchemaCheck check) implements Callback {
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_EACH_MIGRATE
                && context.getMigrationInfo().getScript().equals(lastScript);
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            check.require(context.getConnection(), schema);
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Migration of schema " + schema);
        }
    }

    @Override
    public String getCallbackName() {
        return "schema-stays-apart";
    }
}
