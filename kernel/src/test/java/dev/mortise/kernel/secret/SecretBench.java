package dev.mortise.kernel.secret;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.secret.SecretValue;
import dev.mortise.api.store.Transaction;
import dev.mortise.kernel.audit.AuditRoom;
import dev.mortise.kernel.redact.KnownSecrets;
import dev.mortise.kernel.store.Access;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts of the secret room on a database of its own, or as one more node on another bench's. */
final class SecretBench implements AutoCloseable {
    final DatabaseAddress address;
    final Database database;
    final KeyRing keys;
    final AuditRoom audit;
    final SecretStore store;
    final Resealer resealer;
    final TenantId tenant;
    private final KnownSecrets known = KnownSecrets.install();
    private final ScopedValue<TenantId> bound = ScopedValue.newInstance();

    /** Opens a node whose master key is in the folder. */
    SecretBench(Path folder) {
        this(TestDatabase.fresh(), folder);
    }

    SecretBench(DatabaseAddress address, Path folder) {
        this(address, folder, _ -> null);
    }

    SecretBench(DatabaseAddress address, Path folder, Function<String, @Nullable String> environment) {
        this.address = address;
        this.database = Database.open(address, DatabaseOptions.defaults());
        try {
            this.keys = KeyRing.open(database.kernel(), folder, environment);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        this.tenant = database.tenants().ensureDefaultTenant();
        this.audit = AuditRoom.open(database, keys, folder, Optional.empty(), InstantSource.system());
        this.store = new SecretStore(keys, audit.audit(), known);
        this.resealer = new Resealer(database.kernel(), store);
    }

    TenantId otherTenant() {
        try {
            return TenantId.parse(
                    Objects.requireNonNull(asOwner("INSERT INTO mortise.tenant (name) VALUES ('other') RETURNING id")));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    <R> R as(TenantId other, Supplier<R> work) {
        return ScopedValue.where(bound, other).call(work::get);
    }

    void put(String plugin, String name, String value) {
        in(Access.WRITE, open -> {
            store.put(open, plugin, name, SecretValue.of(value));
            return true;
        });
    }

    Optional<String> find(String plugin, String name) {
        return in(Access.READ, open -> store.find(open, plugin, name)).map(SecretValue::text);
    }

    boolean delete(String plugin, String name) {
        return in(Access.WRITE, open -> store.delete(open, plugin, name));
    }

    List<String> names(String plugin) {
        return in(Access.READ, open -> store.names(open, plugin)).stream()
                .map(SecretMapper.NameRow::name)
                .toList();
    }

    <R> R in(Access access, Function<Transaction, R> work) {
        TenantId present = bound.orElse(tenant);
        return SecretsTest.context(present).call(() -> database.kernel().inTransaction(present, access, work));
    }

    /** Executes a statement as the tables' owner with the tenant bound, and returns the first value. */
    @Nullable
    String asOwner(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(address);
                Statement statement = owner.createStatement()) {
            // Row-level security binds the owner too; a test's tables are put right as nobody else could.
            statement.execute("SELECT set_config('mortise.tenant', '" + tenant + "', false)");
            statement.execute("ALTER TABLE mortise.secret NO FORCE ROW LEVEL SECURITY");
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    return rows.next() ? rows.getString(1) : null;
                }
            }
            return null;
        }
    }

    @Override
    public void close() {
        resealer.close();
        audit.close();
        known.uninstall();
        database.close();
    }
}
