package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.migration.MigrationRules;
import java.io.Reader;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;

/**
 * Runs of Flyway over migrations that are given as text: a plugin's jar cannot be scanned as a class path. Files that
 * follow one another run in one transaction; a file that asks to be outside of a transaction runs alone, and what a
 * crash left of it is cleared away before.
 */
final class FlywayRun {
    private static final String REMEDY =
            "Correct the migration and install the plugin again; the database is as it was before";
    private static final String REMEDY_OUTSIDE = "Correct the migration and install the plugin again; the files before"
            + " one that runs outside of a transaction are applied and stay";
    private static final String REMEDY_LOCKED =
            "End the transactions that hold the table (pg_stat_activity shows them), then install the plugin again";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource owner;
    private final String schema;
    private final List<MigrationScript> scripts;
    private final MigrationPatience patience;
    private final SchemaCheck check;

    /** @param check what the schema must be like, in the transaction of the last script that runs together */
    FlywayRun(
            DataSource owner,
            String schema,
            List<MigrationScript> scripts,
            MigrationPatience patience,
            SchemaCheck check) {
        this.owner = owner;
        this.schema = schema;
        this.scripts = scripts;
        this.patience = patience;
        this.check = check;
    }

    void migrate() {
        int begin = 0;
        for (int i = 0; i < scripts.size(); i++) {
            if (isOutside(scripts.get(i))) {
                if (i > begin) {
                    patiently(scripts.subList(0, i), false);
                }
                new CrashRemains(owner, schema).clear(scripts.get(i));
                patiently(scripts.subList(0, i + 1), true);
                begin = i + 1;
            }
        }
        if (begin < scripts.size()) {
            patiently(scripts, false);
        }
    }

    /** A table that is in use is asked for again and again, so that nobody queues behind the one who waits for it. */
    private void patiently(List<MigrationScript> upTo, boolean outside) {
        for (int attempt = 1; ; attempt++) {
            try {
                flyway(upTo, outside).migrate();
                return;
            } catch (FlywayException e) {
                boolean isLocked = isLocked(e);
                if (!isLocked || attempt >= patience.attempts()) {
                    throw failed(e, isLocked, attempt);
                }
                patience.pause(attempt);
                if (outside) {
                    new CrashRemains(owner, schema).clear(upTo.getLast());
                }
            }
        }
    }

    private Flyway flyway(List<MigrationScript> upTo, boolean outside) {
        Duration limit = outside ? patience.outsideLockTimeout() : patience.lockTimeout();
        return Flyway.configure(FlywayRun.class.getClassLoader())
                // A lock in an open transaction is what CREATE INDEX CONCURRENTLY would wait for, for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(owner)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(false)
                .resourceProvider(new Scripts(upTo))
                .javaMigrationClassProvider(List::of)
                .callbacks(new SchemaStaysApart(schema, last(upTo), check), new LockTimeout(limit))
                .locations(new String[0])
                .placeholderReplacement(false)
                .ignoreMigrationPatterns("*:future")
                .group(!outside)
                .loggers("slf4j")
                .load();
    }

    private static boolean isOutside(MigrationScript script) {
        return MigrationRules.isOutsideOfTransaction(script.content());
    }

    private static boolean isLocked(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private MortiseException failed(FlywayException failure, boolean isLocked, int attempts) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MortiseException refused) {
                return refused;
            }
        }
        String message = describe(schema, failure) + (isLocked ? "; tried " + attempts + " times" : "");
        String remedy =
                isLocked ? REMEDY_LOCKED : scripts.stream().anyMatch(FlywayRun::isOutside) ? REMEDY_OUTSIDE : REMEDY;
        return new MortiseException(KernelError.MIGRATION_FAILED, message, remedy, failure);
    }

    private static String last(List<MigrationScript> scripts) {
        return scripts.stream()
                .map(MigrationScript::fileName)
                .max(Comparator.comparing(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__")))))
                .orElse("");
    }

    private static String describe(String schema, FlywayException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        String reason = Objects.toString(cause.getMessage(), cause.toString());
        if (!(failure instanceof FlywayMigrateException migrate)) {
            // The first lines say which migration differs and how; the rest advertises.
            return "Migration of schema " + schema + " failed: "
                    + reason.lines()
                            .takeWhile(line -> !line.startsWith("Either"))
                            .collect(Collectors.joining(" "));
        }
        return "Migration " + migrate.getMigration().getScript() + " of schema " + schema
                + " failed in the statement at" + " line " + migrate.getLineNumber() + ": " + reason;
    }

    /** The scripts by name. */
    private record Scripts(List<MigrationScript> scripts) implements ResourceProvider {
        private static final String SETTINGS = ".conf";

        @Override
        public @Nullable LoadableResource getResource(String name) {
            if (name.endsWith(SETTINGS)) {
                return settings(name.substring(0, name.length() - SETTINGS.length()));
            }
            return all().filter(resource -> resource.getFilename().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return all().filter(resource -> resource.getFilename().startsWith(prefix)
                            && Stream.of(suffixes).anyMatch(resource.getFilename()::endsWith))
                    .toList();
        }

        /** What Flyway's own file of settings beside a script would say. */
        private @Nullable LoadableResource settings(String script) {
            return scripts.stream()
                    .filter(candidate -> candidate.fileName().equals(script) && isOutside(candidate))
                    .map(found -> new Script(new MigrationScript(script + SETTINGS, "executeInTransaction=false\n")))
                    .findFirst()
                    .orElse(null);
        }

        private Stream<LoadableResource> all() {
            return scripts.stream().map(Script::new);
        }
    }

    /** One script as Flyway reads it. */
    private static final class Script extends LoadableResource {
        private final MigrationScript script;

        Script(MigrationScript script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new StringReader(script.content());
        }

        @Override
        public String getAbsolutePath() {
            return script.fileName();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return script.fileName();
        }

        @Override
        public String getFilename() {
            return script.fileName();
        }

        @Override
        public String getRelativePath() {
            return script.fileName();
        }
    }
}
