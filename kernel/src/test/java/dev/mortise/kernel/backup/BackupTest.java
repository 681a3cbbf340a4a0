package dev.mortise.kernel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import dev.mortise.kernel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D2")
class BackupTest {
    private static final String SHOP = """
            CREATE SCHEMA shop;
            CREATE TYPE shop.mood AS ENUM ('good', 'so-so');
            CREATE DOMAIN shop.short AS text CHECK (length(VALUE) < 20);
            CREATE FUNCTION shop.twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN n * 2;
            CREATE SEQUENCE shop.numbers START 1000 INCREMENT 5;
            CREATE TABLE shop.customer (
                tenant_id uuid NOT NULL DEFAULT mortise.current_tenant(), id bigint GENERATED ALWAYS AS IDENTITY,
                name shop.short NOT NULL, mood shop.mood, doubled integer GENERATED ALWAYS AS (shop.twice(7)) STORED,
                number bigint DEFAULT nextval('shop.numbers'), note text COLLATE "C", extra jsonb, raw bytea,
                PRIMARY KEY (tenant_id, id), CONSTRAINT some_note CHECK (note <> 'never'));
            CALL mortise.protect('shop.customer');
            CREATE INDEX customer_name ON shop.customer (tenant_id, lower(name)) WHERE mood IS NOT NULL;
            CREATE TABLE shop.purchase (
                tenant_id uuid NOT NULL, customer bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), cents numeric,
                FOREIGN KEY (tenant_id, customer) REFERENCES shop.customer ON DELETE CASCADE) PARTITION BY RANGE (at);
            CREATE TABLE shop.purchase_old PARTITION OF shop.purchase FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
            CREATE TABLE shop.purchase_new PARTITION OF shop.purchase FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
            CREATE INDEX purchase_at ON shop.purchase (at);
            CREATE VIEW shop.names WITH (security_invoker = true) AS SELECT name FROM shop.customer;
            CREATE FUNCTION shop.first_customer() RETURNS SETOF shop.customer LANGUAGE sql STABLE SECURITY DEFINER
                SET search_path = pg_catalog, pg_temp AS 'SELECT * FROM shop.customer LIMIT 1';
            REVOKE ALL ON FUNCTION shop.first_customer() FROM PUBLIC;
            CREATE FUNCTION shop.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.note := upper(NEW.note); RETURN NEW; END';
            CREATE TRIGGER stamped BEFORE INSERT ON shop.customer FOR EACH ROW EXECUTE FUNCTION shop.stamp();
            COMMENT ON TABLE shop.customer IS 'Who''s who';
            COMMENT ON COLUMN shop.customer.mood IS 'today''s';
            GRANT USAGE ON SCHEMA shop TO mortise_server;
            GRANT SELECT, INSERT ON shop.customer TO mortise_server;
            GRANT EXECUTE ON FUNCTION shop.first_customer() TO mortise_server;
            ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO mortise_server;
            INSERT INTO mortise.applied_migrations VALUES ('shop', 'x');
            INSERT INTO mortise.tenant (name) VALUES ('one'), ('two'), ('three');
            """;

    private static final String ROWS = """
            INSERT INTO shop.customer (name, mood, note, extra, raw)
            SELECT 'name ' || n, 'so-so', E'tab\\t line\\n back\\\\slash \\u00e9 \\U0001F600', '{"n": [1, null]}',
                   decode(md5(n::text), 'hex') FROM generate_series(1, 200) n;
            INSERT INTO shop.purchase SELECT tenant_id, id, '2025-06-01'::timestamptz + id * interval '3 days', 12.50
              FROM shop.customer;
            """;

    /** Where the file is damaged; -Dmortise.backup.damages=400 for a long look. */
    private static final int DAMAGES = Integer.getInteger("mortise.backup.damages", 6);

    @TempDir
    Path folder;

    private final DatabaseAddress origin = TestDatabase.fresh();

    @Test
    void everythingIsThereAgainSchemaAndRows() throws SQLException {
        makeShop();
        Path file = backup();
        DatabaseAddress copy = TestDatabase.empty();

        try (Restore restore = new Restore(file, Progress.NONE)) {
            restore.into(copy);
        }

        Manifest again = manifest(backup(copy, "again"));
        Manifest first = manifest(file);
        assertThat(again.tables()).usingRecursiveFieldByFieldElementComparator().isEqualTo(first.tables());
        assertThat(first.tables())
                .filteredOn(table -> table.schema().equals("shop"))
                .extracting(Manifest.Table::rows)
                .as("customer, purchase_new, purchase_old")
                .satisfies(rows -> assertThat(rows.get(0)).isEqualTo(600))
                .satisfies(rows -> assertThat(rows.get(1) + rows.get(2)).isEqualTo(600));
        assertThat(statements(folder.resolve("again"), Backup.BEFORE))
                .containsExactlyInAnyOrderElementsOf(statements(file, Backup.BEFORE));
        assertThat(statements(folder.resolve("again"), Backup.AFTER))
                .containsExactlyInAnyOrderElementsOf(statements(file, Backup.AFTER));
    }

    @Test
    void aRestoredDatabaseIsOneThatTheServerOpensAndThatKeepsTenantsApart() throws SQLException {
        makeShop();
        DatabaseAddress copy = TestDatabase.empty();
        try (Restore restore = new Restore(backup(), Progress.NONE)) {
            restore.into(copy);
        }

        try (Database database = Database.open(copy, DatabaseOptions.defaults())) {
            assertThat(database.tenants().active()).hasSize(3);
        }
        try (Connection server = TestDatabase.connectAsServer(copy);
                Statement statement = server.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM shop.customer"))
                    .as("no tenant is bound")
                    .isInstanceOf(SQLException.class);
            statement.execute("SELECT set_config('mortise.tenant', id::text, false) FROM mortise.tenant LIMIT 1");
            try (var rows = statement.executeQuery("SELECT count(*) FROM shop.customer")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(200);
            }
            assertThatThrownBy(() -> statement.execute("DELETE FROM shop.customer"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void aBackupIsOneSnapshotHoweverMuchIsWrittenMeanwhile() throws SQLException {
        makeShop();
        try (Connection writer = TestDatabase.connect(origin);
                Statement statement = writer.createStatement()) {
            // Written after the snapshot: once the first table is out, in the middle of the backup.
            boolean[] once = new boolean[1];
            Backup backup = new Backup(origin, source(), (part, _, _, _) -> {
                if (!once[0] && part.startsWith("data/")) {
                    once[0] = true;
                    insertTenant(statement);
                }
            });
            Manifest manifest = backup.write(folder.resolve("snapshot"));
            assertThat(manifest.tables())
                    .filteredOn(table -> table.name().equals("tenant"))
                    .extracting(Manifest.Table::rows)
                    .containsExactly(3L);
        }
    }

    @Test
    void aTableThatSomebodyHoldsForHimselfIsNotWaitedForWithoutEnd() throws SQLException {
        makeShop();
        try (Connection other = TestDatabase.connect(origin);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE shop.customer IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(this::backup)
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).isEqualTo(KernelError.DATABASE_BUSY));
            other.rollback();
        }
        assertThat(backup()).exists();
    }

    private static void insertTenant(Statement statement) {
        try {
            statement.execute("INSERT INTO mortise.tenant (name) VALUES ('late')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDamagedOrTruncatedBackupIsRefusedBeforeAnythingIsMade() throws SQLException, IOException {
        makeShop();
        byte[] whole = Files.readAllBytes(backup());
        DatabaseAddress copy = TestDatabase.empty();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] broken = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 2 == 1) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Path file = Files.write(folder.resolve("broken"), broken);
            try (Restore restore = new Restore(file, Progress.NONE)) {
                // A flipped bit of a time stamp or of slack harms nothing; then what is restored must be right.
                assertThat(restore.manifest().tables()).as("seed " + seed).isNotEmpty();
            } catch (MortiseException e) {
                assertThat(e.errorCode())
                        .as("seed " + seed)
                        .isIn(KernelError.BACKUP_BROKEN, KernelError.BACKUP_VERSION);
            }
        }
        assertThat(schemas(copy)).doesNotContain("mortise", "shop");
    }

    @Test
    void aDatabaseThatIsNotEmptyIsLeftAlone() throws SQLException {
        makeShop();
        Path file = backup();
        DatabaseAddress used = TestDatabase.fresh();

        try (Restore restore = new Restore(file, Progress.NONE)) {
            assertThatThrownBy(() -> restore.into(used))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).isEqualTo(KernelError.BACKUP_REFUSED))
                    .hasMessageContaining("not empty");
        }
        assertThat(schemas(used)).doesNotContain("shop");
    }

    @Test
    void aRestoreThatFailsInTheMiddleLeavesNothing() throws SQLException {
        makeShop();
        Path file = backup();
        DatabaseAddress copy = TestDatabase.empty();
        try (Restore restore = new Restore(file, (part, _, _, _) -> {
            if (part.equals("restored data/shop/customer")) {
                throw new IllegalStateException("the plug is pulled");
            }
        })) {
            assertThatThrownBy(() -> restore.into(copy)).hasMessageContaining("plug");
        }
        assertThat(schemas(copy)).doesNotContain("mortise", "shop");
    }

    @Test
    void theMasterKeyIsSealedOrLeftOutAndNeverForgotten() throws IOException {
        Path key = Files.writeString(folder.resolve("master.key"), "the master key");
        Path file = folder.resolve("with-key");

        assertThatThrownBy(() -> new Backup(origin, source(key, "", false), Progress.NONE).write(file))
                .hasMessageContaining("master key")
                .hasMessageContaining("pass phrase");
        assertThat(file).doesNotExist();

        new Backup(origin, source(key, "correct horse", false), Progress.NONE).write(file);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("the master key");
        try (Restore restore = new Restore(file, Progress.NONE)) {
            assertThat(restore.masterKey("correct horse")).asString().isEqualTo("the master key");
            assertThatThrownBy(() -> restore.masterKey("wrong horse"))
                    .isInstanceOfSatisfying(
                            MortiseException.class,
                            e -> assertThat(e.errorCode()).isEqualTo(KernelError.BACKUP_PASS_PHRASE));
        }
        assertThat(new Backup(origin, source(key, "", true), Progress.NONE)
                        .write(file)
                        .keys())
                .isEqualTo(Manifest.Keys.LEFT_OUT);
    }

    private void makeShop() throws SQLException {
        try (Connection owner = TestDatabase.connect(origin);
                Statement statement = owner.createStatement()) {
            statement.execute(SHOP);
            List<String> tenants = new Catalog(owner, List.of()).texts("SELECT id FROM mortise.tenant");
            for (String tenant : tenants) {
                statement.execute("SELECT set_config('mortise.tenant', '" + tenant + "', false)");
                statement.execute(ROWS);
            }
        }
    }

    private Path backup() {
        return backup(origin, "backup");
    }

    private Path backup(DatabaseAddress address, String name) {
        Path file = folder.resolve(name);
        new Backup(address, source(), Progress.NONE).write(file);
        return file;
    }

    private static Backup.Source source() {
        return new Backup.Source("0.1.0", Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private static Backup.Source source(Path key, String passPhrase, boolean leaveOut) {
        return new Backup.Source(
                "0.1.0",
                Optional.empty(),
                Optional.of(key),
                Optional.of(passPhrase).filter(text -> !text.isEmpty()),
                leaveOut);
    }

    private static Manifest manifest(Path file) {
        try (ArchiveReader reader = new ArchiveReader(file)) {
            return reader.manifest();
        }
    }

    private static List<String> statements(Path file, String part) {
        try (ArchiveReader reader = new ArchiveReader(file)) {
            return reader.statements(part);
        }
    }

    private static List<String> schemas(DatabaseAddress address) throws SQLException {
        try (Connection connection = TestDatabase.connect(address)) {
            return new Catalog(connection, List.of()).texts("SELECT nspname FROM pg_namespace");
        }
    }
}
