package dev.mortise.automotive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The development messages: {@code tune}, on which thresholds are set, and {@code holdout}, which only measures. */
public final class LabelledMessages {
    private LabelledMessages() {}

    /** Returns a part, one JSON object a message. */
    public static List<JsonNode> of(String part) {
        JsonMapper json = JsonMapper.shared();
        try (InputStream in =
                Objects.requireNonNull(LabelledMessages.class.getResourceAsStream("messages-" + part + ".jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(json::readTree)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the texts of an array. */
    public static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
