package dev.mortise.api.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An open transaction; valid inside the work that received it.
 *
 * @since 0.1
 */
@ProviderType
@FunctionalInterface
public interface Transaction {
    /** Returns the mapper in this transaction. */
    <M> M mapper(Class<M> type);
}
