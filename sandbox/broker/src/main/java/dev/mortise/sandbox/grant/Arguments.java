package dev.mortise.sandbox.grant;

import dev.mortise.api.error.MortiseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The arguments of one call, as a script has made them. */
record Arguments(String function, JsonNode values) {
    static Arguments parse(String function, String text, JsonMapper json) {
        try {
            JsonNode values = json.readTree(text);
            if (!values.isArray()) {
                throw wrong(function, "the arguments are no list");
            }
            return new Arguments(function, values);
        } catch (JacksonException e) {
            throw wrong(function, "the arguments are no JSON");
        }
    }

    /** Returns a text that must be there. */
    String text(int index, String name) {
        JsonNode value = values.path(index);
        if (!value.isString()) {
            throw wrong(function, name + " (argument " + (index + 1) + ") must be a text");
        }
        return value.asString();
    }

    /** Returns a value that must be there. */
    JsonNode value(int index, String name) {
        JsonNode value = values.path(index);
        if (value.isMissingNode()) {
            throw wrong(function, name + " (argument " + (index + 1) + ") is missing");
        }
        return value;
    }

    /** Returns a value, or a missing node. */
    JsonNode optional(int index) {
        return values.path(index);
    }

    static MortiseException wrong(String function, String what) {
        return new MortiseException(
                GrantError.ARGUMENTS, function + ": " + what, "Call " + function + " as its documentation says");
    }
}
