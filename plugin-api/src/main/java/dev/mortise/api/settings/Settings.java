package dev.mortise.api.settings;

import dev.mortise.api.error.MortiseException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugin's configuration.
 *
 * @since 0.1
 */
@ProviderType
public interface Settings {
    /**
     * Binds the plugin's settings to a record. Texts of the form <code>${env:NAME}</code> were replaced by the
     * environment variable before; durations are ISO 8601 ({@code PT30S}).
     *
     * @throws MortiseException with {@code api.settings-invalid}, naming the file, the line and the path of the value
     *     that is unknown, of another type, or refused by the record's constructor
     */
    <T extends Record> T as(Class<T> type);
}
