package dev.mortise.kernel.store;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A database with one plugin in it and two tenants, as most tests want it. */
final class NotePlugin implements AutoCloseable {
    static final MigrationScript V1 = new MigrationScript("V1__notes.sql", """
            CREATE TABLE note (
                tenant_id    uuid        NOT NULL DEFAULT mortise.current_tenant(),
                note_id      uuid        NOT NULL DEFAULT uuidv7(),
                title        text        NOT NULL,
                urgency      text        NOT NULL,
                details      jsonb,
                tags         text[]      NOT NULL,
                created_at   timestamptz NOT NULL,
                price_micros bigint      NOT NULL DEFAULT 0,
                PRIMARY KEY (tenant_id, note_id),
                UNIQUE (tenant_id, title)
            );
            CALL mortise.protect('note');
            """);

    final DatabaseAddress address = TestDatabase.fresh();
    final Database database = Database.open(address, DatabaseOptions.defaults());
    final JsonMapper json = JsonMapper.builder().build();
    final PluginStore store = open("1.0.0", V1);
    final CallContext alice = tenant("alice");
    final CallContext bob = tenant("bob");

    NotePlugin() {
        store.migrate();
    }

    PluginStore open(String version, MigrationScript... scripts) {
        return database.pluginStores()
                .open(
                        new PluginInfo("note-plugin", version),
                        NotePlugin.class.getClassLoader(),
                        json,
                        List.of(scripts));
    }

    UUID add(String title) {
        return store.write(
                NoteMapper.class, notes -> notes.insert(title, NoteMapper.Urgency.LOW, null, List.of(), Instant.EPOCH));
    }

    int count() {
        return store.read(NoteMapper.class, NoteMapper::count);
    }

    private CallContext tenant(String name) {
        try (Connection connection = TestDatabase.connect(address);
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO mortise.tenant (name) VALUES (?) RETURNING id")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                TenantId id = new TenantId(rows.getObject(1, UUID.class));
                Principal principal = new Principal("key:" + name, Principal.Kind.API_KEY, Set.of("*"));
                return new CallContext(id, principal, "0".repeat(32));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }
}
