package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An audit room on a database of its own, and somebody with a SQL prompt on its tables. */
final class AuditBench implements AutoCloseable {
    static final Map<String, String> MASTER_KEY =
            Map.of("MORTISE_MASTER_KEY", "dGVzdC1tYXN0ZXIta2V5LW9mLTMyLWJ5dGVzLWxvbmc=");

    final DatabaseAddress address;
    final Path folder;
    final Database database;
    final KeyRing keys;
    final AuditRoom room;
    final TenantId tenant;
    final CallContext alice;

    AuditBench(Path folder) {
        this(TestDatabase.fresh(), folder, Optional.empty(), InstantSource.system());
    }

    private AuditBench(DatabaseAddress address, Path folder, Optional<Duration> kept, InstantSource clock) {
        this.address = address;
        this.folder = folder;
        database = Database.open(address, DatabaseOptions.defaults());
        keys = KeyRing.open(database.kernel(), folder, MASTER_KEY::get);
        room = AuditRoom.open(database, keys, folder, kept, clock);
        tenant = database.tenants().ensureDefaultTenant();
        alice = context(tenant, "key:alice");
    }

    /** Starts a node that keeps entries so long, at a time that may not be now. */
    static AuditBench at(InstantSource clock, Path folder, Optional<Duration> kept) {
        return new AuditBench(TestDatabase.fresh(), folder, kept, clock);
    }

    /** Starts another node on the same database, with a data folder of its own. */
    AuditBench node(Path itsFolder, Optional<Duration> kept) {
        return new AuditBench(address, itsFolder, kept, InstantSource.system());
    }

    static CallContext context(TenantId tenant, String actor) {
        return new CallContext(
                tenant, new Principal(actor, Principal.Kind.API_KEY, Set.of("*")), "0af7651916cd43dd8448eb211c80319c");
    }

    /**
     * Records this many entries, linked in batches of ten. Each ten are one transaction: the linker's own thread, which
     * may look at any moment, finds them all or none.
     */
    void record(int count) {
        for (int first = 1; first <= count; first += 10) {
            int from = first;
            int to = Math.min(first + 9, count);
            alice.run(() -> database.kernel().inTransaction(tenant, Access.WRITE, _ -> {
                IntStream.rangeClosed(from, to).forEach(this::recordOne);
                return to;
            }));
            verify();
        }
    }

    private void recordOne(int number) {
        room.audit()
                .record(AuditEntry.done("test.thing.changed", "thing/" + number).with("number", "" + number));
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

    /** Writes the record out as JSON lines. */
    String export(AuditQuery query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            room.export(tenant, query).jsonLines(out, Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
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
