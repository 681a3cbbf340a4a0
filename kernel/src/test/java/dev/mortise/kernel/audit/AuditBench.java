package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An audit room on a database of its own, and somebody with a SQL prompt on its tables. */
final class AuditBench implements AutoCloseable {
    static final Map<String, String> MASTER_KEY =
            Map.of("MORTISE_MASTER_KEY", "dGVzdC1tYXN0ZXIta2V5LW9mLTMyLWJ5dGVzLWxvbmc=");

    final DatabaseAddress address = TestDatabase.fresh();
    final Database database = Database.open(address, DatabaseOptions.defaults());
    final KeyRing keys = KeyRing.open(database.kernel(), Path.of("unused"), MASTER_KEY::get);
    final AuditRoom room = AuditRoom.open(database, keys, InstantSource.system());
    final TenantId tenant = database.tenants().ensureDefaultTenant();
    final CallContext alice = context(tenant, "key:alice");

    static CallContext context(TenantId tenant, String actor) {
        return new CallContext(
                tenant, new Principal(actor, Principal.Kind.API_KEY, Set.of("*")), "0af7651916cd43dd8448eb211c80319c");
    }

    /** Records this many entries, linked in batches of ten. */
    void record(int count) {
        for (int i = 1; i <= count; i++) {
            int number = i;
            alice.run(() -> room.audit()
                    .record(AuditEntry.done("test.thing.changed", "thing/" + number)
                            .with("number", "" + number)));
            if (i % 10 == 0) {
                verify();
            }
        }
        verify();
    }

    ChainCheck.Verdict verify() {
        return room.verify(tenant);
    }

    String firstFault() {
        return verify().fault().orElseThrow().toString();
    }

    /** Executes statements as the tables' owner with the tenant bound, and returns the first value of the last. */
    @Nullable
    String asOwner(String... statements) throws SQLException {
        try (Connection owner = TestDatabase.connect(address)) {
            return execute(owner, statements);
        }
    }

    /** Executes statements as the server's role with the tenant bound. */
    @Nullable
    String asServer(String... statements) throws SQLException {
        try (Connection server = TestDatabase.connectAsServer(address)) {
            return execute(server, statements);
        }
    }

    private @Nullable String execute(Connection connection, String... statements) throws SQLException {
        String last = null;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + tenant + "', false)");
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    try (ResultSet rows = statement.getResultSet()) {
                        last = rows.next() ? rows.getString(1) : null;
                    }
                }
            }
        }
        return last;
    }

    @Override
    public void close() {
        room.close();
        database.close();
    }
}
