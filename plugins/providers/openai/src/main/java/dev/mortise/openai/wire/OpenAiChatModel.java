package dev.mortise.openai.wire;

import dev.mortise.api.model.ChatMessage;
import dev.mortise.api.model.ChatModel;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.ModelInfo;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.TokenUsage;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A chat model of a server (API reference, "Create chat completion"). */
public final class OpenAiChatModel implements ChatModel {
    private final OpenAiServer server;
    private final String model;

    /**
     * Creates the model.
     *
     * @param model the server's name for it
     */
    public OpenAiChatModel(OpenAiServer server, String model) {
        this.server = server;
        this.model = model;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(server.settings().name() + "/" + model, ModelKind.CHAT, 0, 0);
    }

    @Override
    public ChatReply chat(ChatRequest request) {
        return read(server.post("chat/completions", model, write(request)));
    }

    private JsonNode write(ChatRequest request) {
        ObjectNode body = server.json().createObjectNode().put("model", model);
        var messages = body.putArray("messages");
        for (ChatMessage message : request.messages()) {
            messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.content());
        }
        request.temperature().ifPresent(value -> body.put("temperature", value));
        String limit = server.settings().legacyTokenLimit() ? "max_tokens" : "max_completion_tokens";
        request.maxOutputTokens().ifPresent(value -> body.put(limit, value));
        return body;
    }

    private ChatReply read(JsonNode reply) {
        JsonNode choice = reply.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw server.failures().ofReply("it has no choices[0].message", null);
        }
        // A refusal of the model comes in a member of its own, with no content.
        boolean refused = message.path("refusal").isString();
        String content = message.path(refused ? "refusal" : "content").asString("");
        JsonNode usage = reply.path("usage");
        return new ChatReply(
                reply.path("model").asString(model),
                content,
                refused
                        ? ChatReply.Finish.FILTERED
                        : finish(choice.path("finish_reason").asString("stop")),
                new TokenUsage(
                        usage.path("prompt_tokens").asLong(0),
                        usage.path("completion_tokens").asLong(0)));
    }

    private static ChatReply.Finish finish(String reason) {
        return switch (reason) {
            case "length" -> ChatReply.Finish.LENGTH;
            case "content_filter" -> ChatReply.Finish.FILTERED;
            default -> ChatReply.Finish.STOP;
        };
    }
}
