package dev.mortise.sandbox.grant;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.model.ChatMessage;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.ModelGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code models.chat({model, messages: [{role, content}], temperature, maxOutputTokens})}, by the gateway that all
 * plugins use, so that limits and costs are the tenant's.
 */
final class ModelFunction {
    private static final String NAME = "models.chat";
    private static final int MOST_MESSAGES = 200;

    private final Extensions extensions;
    private final JsonMapper json;
    private final Set<String> models;

    ModelFunction(Extensions extensions, JsonMapper json, Set<String> models) {
        this.extensions = extensions;
        this.json = json;
        this.models = models;
    }

    String name() {
        return NAME;
    }

    String chat(String text) {
        JsonNode asked = Arguments.parse(NAME, text, json).value(0, "the request");
        String model = asked.path("model").asString("");
        if (!NameRule.matches(models, model)) {
            throw new MortiseException(
                    GrantError.DENIED,
                    "The model \"" + model + "\" is not granted to this script",
                    "Name a model that is granted");
        }
        ChatRequest request = new ChatRequest(
                Optional.of(model), messages(asked.path("messages")), temperature(asked), outputTokens(asked));
        ChatReply reply = extensions.callAny(ModelGateway.class, gateway -> gateway.chat(request));
        return json.writeValueAsString(json.createObjectNode()
                .put("model", reply.model())
                .put("content", reply.content())
                .put("finish", reply.finish().name().toLowerCase(Locale.ROOT)));
    }

    private static List<ChatMessage> messages(JsonNode asked) {
        if (!asked.isArray() || asked.isEmpty() || asked.size() > MOST_MESSAGES) {
            throw Arguments.wrong(NAME, "messages must be a list of 1 to " + MOST_MESSAGES);
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : asked) {
            messages.add(new ChatMessage(
                    role(message.path("role").asString("")),
                    message.path("content").asString("")));
        }
        return messages;
    }

    private static ChatMessage.Role role(String name) {
        return switch (name) {
            case "system" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            default -> throw Arguments.wrong(NAME, "a role is one of system, user, assistant");
        };
    }

    private static OptionalDouble temperature(JsonNode asked) {
        JsonNode value = asked.path("temperature");
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    private static OptionalInt outputTokens(JsonNode asked) {
        JsonNode value = asked.path("maxOutputTokens");
        return value.isInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }
}
