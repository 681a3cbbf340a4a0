package dev.mortise.automatrix.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.automatrix.AutomatrixError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the input of a run. */
final class RunBody {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int LONGEST_KEY = 200;

    private final JsonMapper json;

    RunBody(JsonMapper json) {
        this.json = json;
    }

    /**
     * Reads a JSON object; an empty body counts as an empty object.
     *
     * @throws MortiseException with {@code automatrix.input-too-large} or {@code automatrix.input-invalid}
     */
    JsonNode read(InputStream content) {
        byte[] bytes;
        try {
            bytes = content.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > LARGEST) {
            throw new MortiseException(
                    AutomatrixError.INPUT_TOO_LARGE,
                    "The input of a run is larger than " + LARGEST + " bytes",
                    "Store the data elsewhere and send a reference to it");
        }
        if (bytes.length == 0) {
            return json.createObjectNode();
        }
        try {
            JsonNode input = json.readTree(bytes);
            if (input.isObject()) {
                return input;
            }
            throw new MortiseException(
                    AutomatrixError.INPUT_INVALID,
                    "The input of a run is a JSON object, not " + input.getNodeType(),
                    "Send {\"name\": value, ...}");
        } catch (JacksonException broken) {
            throw new MortiseException(
                    AutomatrixError.INPUT_INVALID,
                    "The body is not JSON: " + broken.getOriginalMessage() + place(broken),
                    "Send a JSON object in UTF-8",
                    broken);
        }
    }

    /** A body in no known encoding has no place. */
    private static String place(JacksonException broken) {
        var location = broken.getLocation();
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Returns the key when it is one to two hundred visible characters, or null when there is none. */
    static @Nullable String checkKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        boolean isFit =
                !key.isBlank() && key.length() <= LONGEST_KEY && key.chars().allMatch(c -> c >= ' ' && c < 127);
        if (!isFit) {
            throw new MortiseException(
                    AutomatrixError.INPUT_INVALID,
                    "The header Idempotency-Key is empty, longer than " + LONGEST_KEY
                            + " characters, or not plain ASCII",
                    "Send a UUID, for example");
        }
        return key;
    }
}
