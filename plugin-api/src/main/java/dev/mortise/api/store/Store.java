package dev.mortise.api.store;

import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugin's schema, in the transaction of the tenant that {@link dev.mortise.api.call.CallContext} names.
 *
 * <p>A mapper is an interface whose XML file of the same name lies beside it in the jar. Tables are named without their
 * schema. A call inside another call on the same thread joins the transaction that is already open; the outermost call
 * commits when its work returns and rolls back when it throws. The work must be quick and must not call other plugins.
 *
 * <p>Parameters and columns may be of type {@link java.util.UUID}, {@link java.time.Instant}, enum,
 * {@code tools.jackson.databind.JsonNode} (as {@code jsonb}), {@code List<String>} (as {@code text[]}), {@code byte[]},
 * and the JDK's simple types; records are filled by the names of their components.
 *
 * <p>What the work returns is returned, null included.
 *
 * @since 0.1
 */
@ProviderType
public interface Store {
    /**
     * Runs read-only work on one mapper.
     *
     * @throws MortiseException with {@code api.no-call-context} when no tenant is bound,
     *     {@code kernel.database-unavailable} when the database cannot be reached, {@code kernel.data-conflict} when a
     *     unique or foreign key constraint is broken, {@code kernel.data-invalid} when a column does not take a value,
     *     {@code kernel.database-busy} (may be tried again) when the transaction lost against another,
     *     {@code kernel.statement-failed} when a statement fails for another reason
     */
    <M, R extends @Nullable Object> R read(Class<M> mapper, Function<? super M, ? extends R> work);

    /**
     * Runs work on one mapper and commits it.
     *
     * @throws MortiseException as {@link #read}
     */
    <M, R extends @Nullable Object> R write(Class<M> mapper, Function<? super M, ? extends R> work);

    /**
     * Runs work on several mappers in one transaction.
     *
     * @throws MortiseException as {@link #read}
     */
    <R extends @Nullable Object> R transaction(Function<? super Transaction, ? extends R> work);

    /**
     * Takes a lock that all nodes on this database see, or returns empty when another holder has it. The lock is a
     * session advisory lock of PostgreSQL on a connection of its own: it ends with {@link StoreLock#close}, and at once
     * when the process or its connection dies. Names are local to the plugin. Needs no tenant. Holders keep few of
     * them.
     *
     * @throws MortiseException with {@code kernel.database-unavailable}
     */
    Optional<StoreLock> tryLock(String name);
}
