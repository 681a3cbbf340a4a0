package dev.mortise.kernel.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.data.FolderTree;
import dev.mortise.kernel.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The figures in kernel/README.md: {@code ./mvnw -pl kernel -am test -Dtest=StoreFigures
 * -Dsurefire.failIfNoSpecifiedTests=false} writes {@code kernel/target/store-figures.txt}. Not a test: it asserts
 * nothing, and its name keeps it out of the usual run.
 */
class StoreFigures {
    private static final int WARM = 2_000;
    private static final int ROUNDS = 5_000;

    private final List<String> lines = new ArrayList<>();

    /** Something to time. */
    private interface Work {
        void run() throws SQLException;
    }

    @Test
    void figures() throws Exception {
        startAndStop();
        calls();
        Files.write(Path.of("target/store-figures.txt"), lines);
    }

    private void startAndStop() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("mortise-figures-");
        try {
            once(
                    "first start: unpack, initdb, start",
                    () -> EmbeddedPostgres.start(folder).close());
            List<Long> starts = new ArrayList<>();
            List<Long> stops = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                starts.add(System.nanoTime() - begin);
                begin = System.nanoTime();
                postgres.close();
                stops.add(System.nanoTime() - begin);
            }
            add("warm start, median of 5", starts);
            add("fast stop, median of 5", stops);
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
                open(postgres);
            }
        } finally {
            FolderTree.delete(folder);
        }
    }

    private void open(EmbeddedPostgres postgres) throws IOException, SQLException {
        DatabaseAddress address = postgres.address();
        once("Database.open, first: driver, role, Flyway, pool", () -> reopen(address));
        List<Long> opens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            reopen(address);
            opens.add(System.nanoTime() - begin);
        }
        add("Database.open, nothing pending (Flyway skipped), median of 5", opens);
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(address.jdbcUrl());
        owner.setUser(address.ownerUser());
        owner.setPassword(address.ownerPassword());
        List<Long> flyway = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            new FlywayRun(
                            owner,
                            "mortise",
                            Database.kernelScripts(),
                            MigrationPatience.usual(),
                            SchemaCheck.whileMigrating("mortise_server", "mortise"))
                    .migrate();
            flyway.add(System.nanoTime() - begin);
        }
        add("Flyway with nothing pending, as it would be without the skip, median of 5", flyway);
        try (Database database = Database.open(address, DatabaseOptions.defaults())) {
            database.tenants().ensureDefaultTenant();
            lines.add("memory of PostgreSQL with an idle pool: " + pssKilobytes(postgres.pid()) / 1024 + " MB PSS");
        }
    }

    private void reopen(DatabaseAddress address) {
        Database.open(address, DatabaseOptions.defaults()).close();
    }

    private void calls() throws SQLException {
        try (NotePlugin plugin = new NotePlugin();
                HikariDataSource plain = plainPool(plugin.address)) {
            UUID id = plugin.alice.call(() -> plugin.add("one"));
            perCall("plain JDBC transaction, one select by key and no tenant", () -> plainSelect(plain));
            perCall(
                    "store.read, the same select under RLS",
                    () -> plugin.alice.run(() -> plugin.store.read(NoteMapper.class, notes -> notes.byId(id))));
            perCall(
                    "store.write, one update under RLS",
                    () -> plugin.alice.run(
                            () -> plugin.store.write(NoteMapper.class, notes -> notes.rename("one", "one"))));
        }
    }

    private static void plainSelect(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM mortise.tenant WHERE name = ?")) {
            statement.setString(1, "alice");
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
            }
            connection.commit();
        }
    }

    private static HikariDataSource plainPool(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.ownerUser());
        config.setPassword(address.ownerPassword());
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private void once(String what, Work work) throws SQLException {
        long begin = System.nanoTime();
        work.run();
        add(what, List.of(System.nanoTime() - begin));
    }

    private void add(String what, List<Long> nanos) {
        long median = nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
        lines.add(String.format(Locale.ROOT, "%s: %.0f ms", what, median / 1e6));
    }

    private void perCall(String what, Work work) throws SQLException {
        for (int i = 0; i < WARM; i++) {
            work.run();
        }
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        lines.add(String.format(
                Locale.ROOT,
                "%s: p50 %.1f us, p99 %.1f us",
                what,
                nanos[ROUNDS / 2] / 1e3,
                nanos[ROUNDS * 99 / 100] / 1e3));
    }

    /** The postmaster and its children, shared pages counted once. */
    private static long pssKilobytes(long postmaster) throws IOException {
        ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
        long sum = 0;
        for (ProcessHandle process :
                Stream.concat(Stream.of(handle), handle.descendants()).toList()) {
            sum += pssOf(process.pid());
        }
        return sum;
    }

    private static long pssOf(long pid) throws IOException {
        try (Stream<String> rollup = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return rollup.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException endedMeanwhile) {
            return 0;
        }
    }
}
