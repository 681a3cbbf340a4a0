package dev.mortise.kernel.payload;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads payloads as the kernel keeps them.
 *
 * @since 0.1
 */
public final class Payload {
    private Payload() {}

    /**
     * Returns the value as a JSON tree.
     *
     * @param most the most bytes of JSON
     * @param what what the payload belongs to, for the message
     * @throws MortiseException with {@code api.input-too-large}, or {@code api.input-invalid} when it cannot be written
     */
    public static JsonNode of(JsonMapper json, Object value, int most, String what) {
        byte[] written = written(json, value, what);
        if (written.length > most) {
            throw new MortiseException(
                    ApiError.INPUT_TOO_LARGE,
                    what + " has a payload of " + written.length + " bytes of JSON; " + most + " are allowed",
                    "Keep the data in the plugin's own table, and its id in the payload");
        }
        return value instanceof JsonNode tree ? tree : json.readTree(written);
    }

    private static byte[] written(JsonMapper json, Object value, String what) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    what + " has a payload that cannot be written as JSON: " + e.getOriginalMessage(),
                    "Give a record of plain values, or a JSON tree",
                    e);
        }
    }
}
