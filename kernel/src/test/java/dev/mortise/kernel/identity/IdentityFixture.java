package dev.mortise.kernel.identity;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.audit.AuditRoom;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.identity.password.PasswordHashing;
import dev.mortise.kernel.secret.KeyRing;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database with two tenants, and this room on it. */
final class IdentityFixture implements AutoCloseable {
    static final String HERE = "192.0.2.1";

    private final Path folder = temporaryFolder();
    final DatabaseAddress address;
    final Database database;
    final CallContext alice;
    final CallContext bob;
    final AuditRoom audit;
    final IdentityRoom room;
    final ApiKeys keys;

    IdentityFixture() {
        this(TestDatabase.fresh());
    }

    IdentityFixture(DatabaseAddress address) {
        this.address = address;
        this.database = Database.open(address, DatabaseOptions.defaults());
        this.alice = tenant("alice");
        this.bob = tenant("bob");
        this.audit = AuditRoom.open(database, keys(), folder, Optional.empty(), InstantSource.system());
        this.room = room();
        this.keys = room.keys();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("mortise-identity-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens another node's room on the same database. */
    IdentityRoom room() {
        return IdentityRoom.open(
                database.kernel(),
                () -> Set.of("web.things.read", "web.things.write"),
                keys().sealer(),
                audit.audit(),
                InstantSource.system(),
                new IdentityOptions(
                        new PasswordHashing.Parameters(64, 1),
                        2,
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofMinutes(15),
                        Duration.ofDays(1)));
    }

    /** Returns the signing keys as another node has them. */
    SigningKeys signingKeys() {
        return new SigningKeys(new IdentityTables(database.kernel()), keys().sealer());
    }

    KeyRing keys() {
        String master = Base64.getEncoder().encodeToString(new byte[32]);
        return KeyRing.open(database.kernel(), Path.of("."), name -> name.equals("MORTISE_MASTER_KEY") ? master : null);
    }

    private CallContext tenant(String name) {
        try (Connection connection = TestDatabase.connect(address);
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO mortise.tenant (name) VALUES (?) RETURNING id")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                Principal all = new Principal("key:" + name, Principal.Kind.API_KEY, Set.of("*"));
                return new CallContext(new TenantId(rows.getObject(1, UUID.class)), all, "0".repeat(32));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks as the owner, who looks keys up for all tenants. */
    @Nullable
    String ask(String sql) {
        try (Connection owner = TestDatabase.connect(address);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Asks as the owner with a tenant bound, for the tables that nobody looks up across tenants. */
    @Nullable
    String ask(TenantId tenant, String sql) {
        try (Connection owner = TestDatabase.connect(address);
                Statement statement = owner.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + tenant + "', false)");
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        audit.close();
        database.close();
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
