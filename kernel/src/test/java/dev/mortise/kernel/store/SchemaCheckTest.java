package dev.mortise.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.plugin.PluginInfo;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of a schema, broken on purpose by a plugin, and what becomes of that plugin. */
@Tag("T1")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaCheckTest {
    private static final String SERVER = DatabaseOptions.defaults().serverRole();
    private static final String GOOD = """
            CREATE TABLE thing (
                tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(),
                id        uuid NOT NULL DEFAULT uuidv7(),
                name      text NOT NULL,
                PRIMARY KEY (tenant_id, id)
            );
            CALL mortise.protect('thing');
            """;

    /** One for all refusals: each has to leave it as it was. */
    private final NotePlugin unharmed = new NotePlugin();

    private NotePlugin plugin = unharmed;

    /**
     * A way to build a plugin's schema badly.
     *
     * @param found how the object is named
     */
    record Planted(SchemaRule rule, String found, String sql) {
        @Override
        public String toString() {
            return rule + ": " + sql.strip().lines().findFirst().orElse("");
        }
    }

    static Stream<Planted> planted() {
        return Stream.of(
                new Planted(
                        SchemaRule.TENANT_COLUMN,
                        "bad",
                        "CREATE TABLE bad (tenant_id text PRIMARY KEY); ALTER TABLE bad ENABLE ROW LEVEL SECURITY"),
                new Planted(SchemaRule.ROW_SECURITY, "bad", "CREATE TABLE bad (tenant_id uuid PRIMARY KEY)"),
                new Planted(SchemaRule.ROW_SECURITY, "thing", "ALTER TABLE thing NO FORCE ROW LEVEL SECURITY"),
                new Planted(SchemaRule.ROW_SECURITY, "thing", "ALTER TABLE thing DISABLE ROW LEVEL SECURITY"),
                new Planted(SchemaRule.POLICY, "thing", "DROP POLICY mortise_tenant ON thing"),
                new Planted(SchemaRule.POLICY, "thing", "ALTER POLICY mortise_tenant ON thing USING (true)"),
                new Planted(SchemaRule.POLICY, "thing", "ALTER POLICY mortise_tenant ON thing WITH CHECK (true)"),
                new Planted(SchemaRule.POLICY, "thing", """
                        CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql RETURN NULL::uuid;
                        ALTER POLICY mortise_tenant ON thing USING (tenant_id = current_tenant());
                        """),
                new Planted(SchemaRule.SECOND_POLICY, "thing.open", "CREATE POLICY open ON thing USING (true)"),
                new Planted(
                        SchemaRule.SECOND_POLICY,
                        "thing.owners",
                        "CREATE POLICY owners ON thing FOR SELECT TO CURRENT_USER USING (true)"),
                new Planted(SchemaRule.PRIMARY_KEY, "thing", "ALTER TABLE thing DROP CONSTRAINT thing_pkey"),
                new Planted(
                        SchemaRule.PRIMARY_KEY,
                        "thing",
                        "ALTER TABLE thing DROP CONSTRAINT thing_pkey, ADD PRIMARY KEY (id, tenant_id)"),
                new Planted(SchemaRule.INDEX, "thing.by_name", "CREATE INDEX by_name ON thing (name)"),
                new Planted(
                        SchemaRule.INDEX, "thing.by_name", "CREATE UNIQUE INDEX by_name ON thing (name, tenant_id)"),
                new Planted(SchemaRule.INDEX, "thing.by_name", "CREATE INDEX by_name ON thing (lower(name))"),
                new Planted(SchemaRule.FOREIGN_KEY, "part.of_thing", """
                        ALTER TABLE thing ADD CONSTRAINT ids UNIQUE (id);
                        CREATE TABLE part (tenant_id uuid NOT NULL, id uuid, PRIMARY KEY (tenant_id, id),
                                           CONSTRAINT of_thing FOREIGN KEY (id) REFERENCES thing (id));
                        CALL mortise.protect('part');
                        """),
                new Planted(SchemaRule.SHARED_TABLE, "price", "CREATE TABLE price (model text PRIMARY KEY)"),
                new Planted(
                        SchemaRule.SHARED_TABLE,
                        "price",
                        "CREATE TABLE price (x int); COMMENT ON TABLE price IS 'shared by all tenants: '"),
                new Planted(SchemaRule.VIEW, "every_thing", "CREATE VIEW every_thing AS SELECT * FROM thing"),
                new Planted(SchemaRule.VIEW, "every_key", "CREATE VIEW every_key AS SELECT * FROM mortise.api_key"),
                new Planted(
                        SchemaRule.VIEW,
                        "every_thing",
                        "CREATE VIEW every_thing WITH (security_invoker = off) AS SELECT * FROM thing"),
                new Planted(
                        SchemaRule.UNPROTECTABLE,
                        "all_keys",
                        "CREATE MATERIALIZED VIEW all_keys AS SELECT * FROM mortise.api_key"),
                new Planted(
                        SchemaRule.REWRITE_RULE,
                        "thing.copy",
                        "CREATE RULE copy AS ON INSERT TO thing DO ALSO SELECT count(*) FROM mortise.api_key"),
                new Planted(SchemaRule.DEFINER_FUNCTION, "keys()", """
                        CREATE FUNCTION keys() RETURNS bigint LANGUAGE sql SECURITY DEFINER
                            RETURN (SELECT count(*) FROM mortise.api_key)
                        """),
                new Planted(SchemaRule.PUBLIC_TABLE, "thing", "GRANT SELECT ON thing TO PUBLIC"),
                new Planted(SchemaRule.SERVER_TABLE_RIGHTS, "thing", "GRANT TRUNCATE ON thing TO mortise_server"));
    }

    @BeforeEach
    void takeTheSharedOne() {
        plugin = unharmed;
    }

    @AfterEach
    void closeOwn() {
        if (plugin != unharmed) {
            plugin.close();
        }
    }

    @AfterAll
    void close() {
        unharmed.close();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aPluginThatBreaksARuleIsRefusedAndLeavesWhatWas(Planted bad) throws SQLException {
        PluginStore update = plugin.open(
                "2.0.0",
                NotePlugin.V1,
                // In one file: what is wrong with a table is no question of who uses it meanwhile.
                new MigrationScript("V2__thing.sql", GOOD + bad.sql()));

        assertThatThrownBy(update::migrate).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.errorCode()).as(e.describe()).isEqualTo(KernelError.PLUGIN_SCHEMA);
            assertThat(e)
                    .hasMessageContaining("note_plugin")
                    .hasMessageMatching(
                            ".*\\b" + bad.found().replace("(", "\\(").replace(")", "\\)") + " .*");
            assertThat(e.getMessage()).contains(bad.rule().flaw());
            assertThat(e.remedy()).contains(bad.rule().remedy());
        });

        assertThat(ask("SELECT to_regclass('note_plugin.thing')")).isNull();
        assertThat(ask("SELECT count(*) FROM note_plugin.flyway_schema_history"))
                .isEqualTo("1");
        assertThat(plugin.alice.call(() -> plugin.add("written by the version before, " + UUID.randomUUID())))
                .isNotNull();
    }

    @Test
    void everyRuleThatAPluginCanBreakIsPlanted() {
        Set<SchemaRule> planted = planted().map(Planted::rule).collect(Collectors.toSet());

        // A plugin cannot break this one: the kernel takes the right away itself.
        assertThat(EnumSet.complementOf(EnumSet.copyOf(planted))).containsExactly(SchemaRule.PUBLIC_FUNCTION);
    }

    @Test
    void aNewPluginThatBreaksARuleLeavesNoSchema() throws SQLException {
        PluginStore other = plugin.database
                .pluginStores()
                .open(
                        new PluginInfo("other", "1.0.0"),
                        SchemaCheckTest.class.getClassLoader(),
                        plugin.json,
                        List.of(new MigrationScript("V1__open.sql", "CREATE TABLE t (tenant_id uuid PRIMARY KEY)")));

        assertThatThrownBy(other::migrate).hasMessageContaining("t has a tenant_id and no protection");

        assertThat(ask("SELECT to_regnamespace('other')")).isNull();
    }

    @Test
    void aSchemaThatKeepsTheRulesPasses() throws SQLException {
        plugin = new NotePlugin();
        MigrationScript rich = new MigrationScript("V2__rich.sql", GOOD + """
                CREATE UNIQUE INDEX thing_name ON thing (tenant_id, name);
                CREATE INDEX thing_words ON thing USING gin (to_tsvector('simple', name));
                CREATE POLICY no_drafts ON thing AS RESTRICTIVE USING (name <> 'draft');
                CREATE VIEW thing_names WITH (security_invoker = true) AS SELECT name FROM thing;
                CREATE FUNCTION shout(word text) RETURNS text LANGUAGE sql RETURN upper(word);
                CREATE TABLE part (
                    tenant_id uuid NOT NULL, thing uuid NOT NULL, PRIMARY KEY (tenant_id, thing),
                    FOREIGN KEY (tenant_id, thing) REFERENCES thing (tenant_id, id));
                CALL mortise.protect('part');
                CREATE TABLE price (model text PRIMARY KEY);
                COMMENT ON TABLE price IS 'shared by all tenants: list prices are public';
                """);

        plugin.open("2.0.0", NotePlugin.V1, rich).migrate();

        assertThat(flaws()).isEmpty();
    }

    @Test
    void aFunctionThatEverybodyMayExecuteIsFound() throws SQLException {
        plugin = new NotePlugin();
        plugin.open(
                        "2.0.0",
                        NotePlugin.V1,
                        new MigrationScript("V2__f.sql", "CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1"))
                .migrate();
        assertThat(flaws()).isEmpty();

        execute("GRANT EXECUTE ON FUNCTION note_plugin.one() TO PUBLIC");

        assertThat(flaws()).containsExactly(new SchemaCheck.Flaw(SchemaRule.PUBLIC_FUNCTION, "one()"));
    }

    @Test
    void aSchemaThatWasSpoiledByHandIsRefusedAtTheNextMigration() throws SQLException {
        plugin = new NotePlugin();
        execute("ALTER TABLE note_plugin.note NO FORCE ROW LEVEL SECURITY");
        MigrationScript harmless = new MigrationScript("V2__more.sql", "ALTER TABLE note ADD COLUMN more text");

        assertThatThrownBy(() -> plugin.open("2.0.0", NotePlugin.V1, harmless).migrate())
                .hasMessageContaining("note has a tenant_id and no protection");
    }

    @Test
    void theServersRoleHasNothingTooMuch() throws SQLException {
        assertThat(excess()).isEmpty();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(
            delimiter = '|',
            value = {
                "ALTER ROLE mortise_server BYPASSRLS | ALTER ROLE mortise_server NOBYPASSRLS | bypasses row-level security",
                "ALTER ROLE mortise_server SUPERUSER | ALTER ROLE mortise_server NOSUPERUSER | is a superuser",
                "ALTER ROLE mortise_server CREATEROLE | ALTER ROLE mortise_server NOCREATEROLE | may create roles, databases or replicas",
                "GRANT pg_read_all_data TO mortise_server | REVOKE pg_read_all_data FROM mortise_server | is a member of pg_read_all_data",
                "GRANT CREATE ON SCHEMA mortise TO mortise_server | SELECT 1 | may create in schema mortise",
                "ALTER TABLE note_plugin.note OWNER TO mortise_server | SELECT 1 | owns table note_plugin.note",
                "GRANT TEMPORARY ON DATABASE %s TO PUBLIC | SELECT 1 | may create temporary tables",
                "GRANT CREATE ON DATABASE %s TO mortise_server | SELECT 1 | may create schemas"
            })
    void whatTheServersRoleHasTooMuchIsFound(String give, String takeBack, String found) throws SQLException {
        plugin = new NotePlugin();
        asAdministrator(give);
        try {
            assertThat(excess()).anyMatch(line -> line.startsWith(found));
        } finally {
            asAdministrator(takeBack);
        }
    }

    private List<SchemaCheck.Flaw> flaws() throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address)) {
            return SchemaCheck.whole(SERVER).flaws(owner, "note_plugin");
        }
    }

    private List<String> excess() throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address)) {
            return ServerRoleCheck.excess(owner, SERVER);
        }
    }

    private void asAdministrator(String sql) throws SQLException {
        String database = plugin.address.jdbcUrl().replaceFirst(".*/", "");
        DatabaseAddress administrator = TestDatabase.server().administrator();
        DatabaseAddress here =
                new DatabaseAddress(plugin.address.jdbcUrl(), administrator.ownerUser(), administrator.ownerPassword());
        try (Connection connection = TestDatabase.connect(here);
                Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(database));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private @org.jspecify.annotations.Nullable String ask(String sql) throws SQLException {
        try (Connection owner = TestDatabase.connect(plugin.address);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
