package dev.mortise.api.settings;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Subscription;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugin's configuration as it is now. Three layers lie over one another, property by property: the server's file,
 * what was set for the whole server, and what a tenant has set for itself where {@link Setting#tenant()} lets it.
 *
 * @since 0.1
 */
@ProviderType
public interface Settings {
    /**
     * Binds the plugin's settings to a record: those of the bound tenant, or of the whole server where no
     * {@link dev.mortise.api.call.CallContext} is bound. In the file, texts of the form <code>${env:NAME}</code> were
     * replaced by the environment variable before; durations are ISO 8601 ({@code PT30S}). Call it whenever a value is
     * needed and keep nothing: it costs a look into a map, and the first time a tenant asks, one read of the database.
     *
     * <p>A value that was set and does not fit this version of the plugin is left out, as if it were not set, and
     * reported to the operator; a plugin never stops working because of one.
     *
     * @param type the record; its schema is the declared one where the jar brings no {@code settings.schema.json}
     * @throws MortiseException with {@code api.settings-invalid} when the file's values do not fit, naming the file,
     *     the line and the path of the value that is unknown, of another type, or refused by the record's constructor
     */
    <T extends Record> T as(Class<T> type);

    /**
     * Calls back with the new values after each change for the whole server, on a thread of the plugin's own; changes
     * that come while the listener runs are folded into one more call. Changes that a tenant makes for itself are seen
     * by {@link #as} alone.
     *
     * @param listener is not called for the values as they are now; read those with {@link #as} before
     * @throws MortiseException as {@link #as}
     */
    <T extends Record> Subscription watch(Class<T> type, Consumer<? super T> listener);
}
