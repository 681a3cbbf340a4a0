package dev.mortise.relaycore.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.relaycore.RelayError;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a request in OpenAI's format, an object whose parameters are read one by one. */
record WireBody(JsonNode parameters) {
    /**
     * Reads the body.
     *
     * @throws MortiseException with {@code relaycore.parameter-invalid} when it is no JSON object
     */
    static WireBody parse(JsonMapper json, byte[] body) {
        JsonNode parameters;
        try {
            parameters = json.readTree(body);
        } catch (JacksonException e) {
            throw new MortiseException(
                    RelayError.PARAMETER_INVALID, "The body is no JSON" + place(e), "Send a JSON object", e);
        }
        if (parameters == null || !parameters.isObject()) {
            throw invalid("The body is no JSON object", "Send a JSON object");
        }
        return new WireBody(parameters);
    }

    /** An empty body, or one in no known encoding, has no place. */
    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    static MortiseException invalid(String message, String remedy) {
        return new MortiseException(RelayError.PARAMETER_INVALID, message, remedy);
    }

    /**
     * Refuses parameters that would change the answer and are not offered. A parameter that is null, false, empty, or
     * has the value that OpenAI documents as its default asks for nothing.
     */
    void requireOnly(Set<String> known) {
        parameters.forEachEntry((name, value) -> {
            if (!known.contains(name) && !asksForNothing(name, value)) {
                throw new MortiseException(
                        RelayError.PARAMETER_UNSUPPORTED,
                        "The parameter \"" + name + "\" is not supported",
                        "Leave it out");
            }
        });
    }

    private static boolean asksForNothing(String name, JsonNode value) {
        return switch (name) {
            case "n", "top_p" -> value.isNumber() && value.doubleValue() == 1;
            case "presence_penalty", "frequency_penalty" -> value.isNumber() && value.doubleValue() == 0;
            case "response_format" -> "text".equals(value.path("type").asString(""));
            case "tool_choice", "parallel_tool_calls", "service_tier" -> true;
            default ->
                value.isNull()
                        || (value.isBoolean() && !value.booleanValue())
                        || (value.isContainer() && value.isEmpty());
        };
    }

    Optional<String> text(String name) {
        JsonNode value = parameters.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw invalid("\"" + name + "\" is no text", "Send a text that is not empty, or leave it out");
        }
        return Optional.of(value.stringValue());
    }

    OptionalDouble number(String name, double least, double most) {
        JsonNode value = parameters.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            throw invalid(
                    "\"" + name + "\" is " + shortened(value),
                    "Send a number from " + least + " to " + most + ", or leave it out");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    OptionalInt count(String name) {
        JsonNode value = parameters.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            throw invalid("\"" + name + "\" is " + shortened(value), "Send a whole number from 1, or leave it out");
        }
        return OptionalInt.of(value.intValue());
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
