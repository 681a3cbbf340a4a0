package dev.mortise.automotive;

import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The YAML files in this plugin's jar, read as records.
 *
 * @param json maps what YAML says to records
 * @since 0.1
 */
public record BundledYaml(JsonMapper json) {
    /**
     * Reads a file beside a class.
     *
     * @return empty where there is no such file
     * @throws MortiseException with {@link AutomotiveError#RESOURCE_INVALID}
     */
    public <T> Optional<T> read(Class<?> beside, String file, Class<T> type) {
        return text(beside, file).map(text -> {
            try {
                Object value = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
                return json.convertValue(value == null ? Map.of() : value, type);
            } catch (YamlEngineException | tools.jackson.core.JacksonException broken) {
                throw invalid(file, broken);
            }
        });
    }

    /**
     * Returns a file beside a class as text, or empty where there is none.
     *
     * @throws MortiseException with {@link AutomotiveError#RESOURCE_INVALID}
     */
    public static Optional<String> text(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw invalid(file, unreadable);
        }
    }

    /** Returns the failure of a file that has to be there. */
    public static MortiseException missing(String file) {
        return invalid(file, null);
    }

    private static MortiseException invalid(String file, @org.jspecify.annotations.Nullable Exception cause) {
        return new MortiseException(
                AutomotiveError.RESOURCE_INVALID,
                "The file " + file + " in the plugin's jar " + (cause == null ? "is missing" : "cannot be read"),
                "Install the plugin's jar again",
                cause);
    }
}
