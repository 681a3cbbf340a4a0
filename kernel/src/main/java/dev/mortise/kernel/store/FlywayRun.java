package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.Reader;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;

/** One run of Flyway over migrations that are given as text: a plugin's jar cannot be scanned as a class path. */
final class FlywayRun {
    private static final String REMEDY =
            "Correct the migration and install the plugin again; the database is as it was before";

    private FlywayRun() {}

    /** All pending scripts run in one transaction, and so does the check, after the last of them. */
    static void migrate(DataSource owner, String schema, List<MigrationScript> scripts, SchemaCheck check) {
        try {
            Flyway.configure(FlywayRun.class.getClassLoader())
                    .dataSource(owner)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .createSchemas(false)
                    .resourceProvider(new Scripts(scripts))
                    .javaMigrationClassProvider(List::of)
                    .callbacks(new SchemaStaysApart(schema, last(scripts), check))
                    .locations(new String[0])
                    .placeholderReplacement(false)
                    .ignoreMigrationPatterns("*:future")
                    .group(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof MortiseException refused) {
                    throw refused;
                }
            }
            throw new MortiseException(KernelError.MIGRATION_FAILED, describe(schema, e), REMEDY, e);
        }
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
        @Override
        public @Nullable LoadableResource getResource(String name) {
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

    /** Refuses, in the transaction of the migrations, a schema that would not keep tenants apart. */
    private record SchemaStaysApart(String schema, String lastScript, SchemaCheck check) implements Callback {
        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_EACH_MIGRATE
                    && context.getMigrationInfo().getScript().equals(lastScript);
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            try {
                check.require(context.getConnection(), schema);
            } catch (SQLException e) {
                throw SqlFailure.of(e, "Migration of schema " + schema);
            }
        }

        @Override
        public String getCallbackName() {
            return "schema-stays-apart";
        }
    }
}
