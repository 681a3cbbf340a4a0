package dev.mortise.kernel.store;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.io.Reader;
import java.io.StringReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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

    static void migrate(DataSource owner, String schema, List<MigrationScript> scripts) {
        try {
            Flyway.configure(FlywayRun.class.getClassLoader())
                    .dataSource(owner)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .createSchemas(false)
                    .resourceProvider(new Scripts(scripts))
                    .javaMigrationClassProvider(List::of)
                    .callbacks(new ProtectedTables(schema))
                    .locations(new String[0])
                    .placeholderReplacement(false)
                    .ignoreMigrationPatterns("*:future")
                    .group(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new MortiseException(KernelError.MIGRATION_FAILED, describe(schema, e), REMEDY, e);
        }
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

    /** Refuses, in the transaction of the migration, a table that has tenants and does not keep them apart. */
    private record ProtectedTables(String schema) implements Callback {
        private static final String UNPROTECTED = """
                SELECT c.relname
                  FROM pg_class c
                  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
                 WHERE c.relnamespace = to_regnamespace(?)
                   AND c.relkind IN ('r', 'p')
                   AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                """;

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            List<String> tables = new ArrayList<>();
            try (PreparedStatement statement = context.getConnection().prepareStatement(UNPROTECTED)) {
                statement.setString(1, schema);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        tables.add(rows.getString(1));
                    }
                }
            } catch (SQLException e) {
                throw SqlFailure.of(e, "Migration of schema " + schema);
            }
            if (!tables.isEmpty()) {
                throw new MortiseException(
                        KernelError.MIGRATION_FAILED,
                        "Tables of schema " + schema + " have a tenant_id and no protection: " + tables,
                        "Call mortise.protect('<table>') in the migration, after CREATE TABLE");
            }
        }

        @Override
        public String getCallbackName() {
            return "protected-tables";
        }
    }
}
