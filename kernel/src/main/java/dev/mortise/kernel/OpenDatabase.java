package dev.mortise.kernel;

import dev.mortise.kernel.postgres.EmbeddedPostgres;
import dev.mortise.kernel.store.Database;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.store.DatabaseOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The database that was opened at the start.
 *
 * @param embedded the PostgreSQL in the data folder, where the operator has named no other
 */
record OpenDatabase(Database database, Optional<EmbeddedPostgres> embedded) {
    /**
     * Begins to open it on a thread of its own.
     *
     * @param url where the operator's PostgreSQL is
     * @param data the data folder
     */
    static CompletableFuture<OpenDatabase> beside(Optional<String> url, Path data) {
        return CompletableFuture.supplyAsync(
                () -> url.map(OpenDatabase::external).orElseGet(() -> inside(data)),
                work -> Thread.ofPlatform().name("mortise-database-start").start(work));
    }

    /** Waits for it, and throws as it was thrown what kept it from being opened. */
    static OpenDatabase await(CompletableFuture<OpenDatabase> opening) {
        try {
            return opening.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : e;
        }
    }

    private static OpenDatabase external(String url) {
        return new OpenDatabase(
                Database.open(DatabaseAddress.parse(url), DatabaseOptions.defaults()), Optional.empty());
    }

    private static OpenDatabase inside(Path data) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        try {
            return new OpenDatabase(
                    Database.open(postgres.address(), DatabaseOptions.defaults()), Optional.of(postgres));
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }
}
