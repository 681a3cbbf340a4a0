package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tenant's statements, run through a plugin's mapper, that try to reach what another tenant has. The table of cases
 * is {@code hostile-statements.txt}: what holds, and what honestly does not, because plugins written in Java are
 * trusted and may name another tenant themselves.
 */
@Tag("T1")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileSqlTest {
    private static final String SECRET = "BOB-SECRET";
    private static final MigrationScript MORE = new MigrationScript("V2__more.sql", """
            CREATE TABLE part (
                tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                id        uuid NOT NULL DEFAULT uuidv7(),
                note      uuid NOT NULL,
                PRIMARY KEY (tenant_id, id),
                FOREIGN KEY (tenant_id, note) REFERENCES note (tenant_id, note_id) ON DELETE CASCADE);
            CALL mortise.protect('part');
            CREATE TABLE log (
                tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                at        timestamptz NOT NULL DEFAULT now(),
                line      text NOT NULL,
                PRIMARY KEY (tenant_id, at)) PARTITION BY RANGE (at);
            CALL mortise.protect('log');
            CREATE TABLE log_all PARTITION OF log DEFAULT;
            CALL mortise.protect('log_all');
            CREATE SEQUENCE ticket;
            CREATE VIEW titles WITH (security_invoker = true) AS SELECT tenant_id, title FROM note;
            CREATE FUNCTION title_of(id uuid) RETURNS text LANGUAGE sql STABLE
                RETURN (SELECT title FROM note_plugin.note WHERE note_id = id);
            CREATE FUNCTION all_titles() RETURNS text LANGUAGE plpgsql AS
                $$ BEGIN RETURN (SELECT string_agg(title, ',') FROM note_plugin.note); END $$;
            """);

    private static final MigrationScript WORDS = new MigrationScript("V3__words.sql", """
            -- mortise: outside of a transaction
            CREATE INDEX CONCURRENTLY IF NOT EXISTS note_words ON note USING gin (to_tsvector('simple', title));
            """);

    private final NotePlugin plugin = new NotePlugin();
    private PluginStore store = plugin.store;
    private UUID bobsNote = new UUID(0, 0);
    private long bobsLargeObject;

    /** What is expected of a case. */
    enum Expected {
        /** PostgreSQL or the store refuses it. */
        REFUSED,
        /** It may run, and shows and changes nothing of another tenant. */
        BLIND,
        /** It reaches across: a trusted plugin can, and the documentation says so. */
        TRUSTED
    }

    /** One try: one or more statements in one transaction. */
    record Attack(Expected expected, String name, List<String> statements) {
        @Override
        public String toString() {
            return expected + ": " + name;
        }
    }

    /** What came of it: every value and every message that the attacker sees. */
    private record Seen(String text, boolean isRefused) {}

    static Stream<Attack> attacks() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HostileSqlTest.class.getResourceAsStream("hostile-statements.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(HostileSqlTest::attack)
                            .toList()
                            .stream();
        }
    }

    private static Attack attack(String line) {
        String[] parts = line.split(" :: ", 3);
        return new Attack(
                Expected.valueOf(parts[0].strip()),
                parts[1].strip(),
                List.of(parts[2].strip().split(" ;; ")));
    }

    @BeforeAll
    void bobHasSecrets() throws SQLException {
        store = plugin.open("2.0.0", NotePlugin.V1, MORE, WORDS);
        store.migrate();
        bobsNote = plugin.bob.call(() -> store.write(
                NoteMapper.class,
                notes -> notes.insert(
                        SECRET,
                        NoteMapper.Urgency.HIGH,
                        plugin.json.createObjectNode().put("pin", SECRET),
                        List.of(SECRET),
                        Instant.EPOCH)));
        plugin.bob.run(
                () -> store.write(RawMapper.class, raw -> raw.run("INSERT INTO log (line) VALUES ('" + SECRET + "')")));
        plugin.bob.run(() ->
                store.write(RawMapper.class, raw -> raw.run("INSERT INTO part (note) VALUES ('" + bobsNote + "')")));
        plugin.alice.call(() -> store.write(
                NoteMapper.class,
                notes -> notes.insert("alice's", NoteMapper.Urgency.LOW, null, List.of(), Instant.EPOCH)));
        execute("INSERT INTO mortise.api_key (tenant_id, name, prefix, hash, permissions) VALUES ('"
                + plugin.bob.tenant() + "', '" + SECRET + "', 'p', sha256('bob'), '{*}')");
        bobsLargeObject = Long.parseLong(plugin.bob.call(
                () -> store.write(RawMapper.class, raw -> raw.ask("SELECT lo_from_bytea(0, '" + SECRET + "')"))
                        .getFirst()));
        execute("ANALYZE");
    }

    @AfterAll
    void close() {
        store.close();
        plugin.close();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anotherTenantsRowsAreOutOfReach(Attack attack) throws SQLException {
        String before = everythingOfBob();

        Seen seen = asAlice(attack);

        switch (attack.expected()) {
            case REFUSED -> {
                assertThat(seen.isRefused()).as(seen.text()).isTrue();
                assertThat(seen.text()).doesNotContain(SECRET);
            }
            case BLIND -> assertThat(seen.text()).doesNotContain(SECRET);
            case TRUSTED ->
                assertThat(seen.text())
                        .as("reaches no more: say so in kernel/README.md")
                        .contains(SECRET);
        }
        assertThat(everythingOfBob()).isEqualTo(before);
        assertThat(aliceOnTheSamePool()).isEqualTo("alice's");
    }

    @Test
    void theTableHasEnoughCases() throws IOException {
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(attacks().filter(attack -> attack.expected() == Expected.TRUSTED))
                .hasSizeLessThan(12);
    }

    private Seen asAlice(Attack attack) {
        List<String> seen = new ArrayList<>();
        CallContext alice = plugin.alice;
        try {
            alice.run(() -> store.write(RawMapper.class, raw -> {
                for (String statement : attack.statements()) {
                    seen.addAll(raw.ask(filledIn(statement)).stream()
                            .map(String::valueOf)
                            .toList());
                }
                return seen;
            }));
            return new Seen(String.join("\n", seen), false);
        } catch (RuntimeException e) {
            // Not the whole chain: what a caller sees is the message of the typed error; causes go to the log.
            seen.add(String.valueOf(e.getMessage()));
            return new Seen(String.join("\n", seen), true);
        }
    }

    private String filledIn(String statement) {
        return statement
                .replace(":bobs_note", "'" + bobsNote + "'")
                .replace(":bobs_object", Long.toString(bobsLargeObject))
                .replace(":bob", "'" + plugin.bob.tenant() + "'")
                .replace(":alice", "'" + plugin.alice.tenant() + "'");
    }

    private String aliceOnTheSamePool() {
        return plugin.alice.call(() -> store.read(
                        RawMapper.class,
                        raw -> raw.ask("SELECT string_agg(title, ',') FROM note WHERE title IN ('alice''s', '" + SECRET
                                + "')"))
                .getFirst());
    }

    private String everythingOfBob() throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement()) {
            statement.execute("SELECT set_config('mortise.tenant', '" + plugin.bob.tenant() + "', false)");
            StringBuilder all = new StringBuilder();
            for (String table : List.of("note", "part", "log")) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT string_agg(t::text, ',' ORDER BY t::text) FROM note_plugin." + table + " t")) {
                    rows.next();
                    all.append(rows.getString(1)).append('\n');
                }
            }
            return all.toString();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
