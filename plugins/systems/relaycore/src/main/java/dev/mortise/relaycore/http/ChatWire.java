package dev.mortise.relaycore.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ChatMessage;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.TokenUsage;
import dev.mortise.relaycore.RelayError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Chats in OpenAI's format (API reference, "Create chat completion"). */
final class ChatWire {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "temperature",
            "max_tokens",
            "max_completion_tokens",
            "stream",
            "stream_options",
            "user",
            "metadata",
            "safety_identifier",
            "prompt_cache_key");

    private ChatWire() {}

    /**
     * Reads a request.
     *
     * @throws MortiseException with a {@link RelayError}
     */
    static ChatRequest request(WireBody body) {
        body.requireOnly(KNOWN);
        if (body.parameters().path("stream").asBoolean(false)) {
            throw new MortiseException(
                    RelayError.PARAMETER_UNSUPPORTED,
                    "Streamed replies are not offered by this version",
                    "Send \"stream\": false, or leave it out");
        }
        OptionalInt limit = body.count("max_completion_tokens");
        return new ChatRequest(
                body.text("model"),
                messages(body.parameters().path("messages")),
                body.number("temperature", 0, 2),
                limit.isPresent() ? limit : body.count("max_tokens"));
    }

    private static List<ChatMessage> messages(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw WireBody.invalid("\"messages\" is no list of messages", "Send at least one message");
        }
        List<ChatMessage> result = new ArrayList<>(messages.size());
        for (JsonNode message : messages) {
            String place = "messages[" + result.size() + "]";
            result.add(new ChatMessage(role(place, message.path("role")), content(place, message.path("content"))));
        }
        return result;
    }

    private static ChatMessage.Role role(String place, JsonNode role) {
        return switch (role.asString("")) {
            case "system", "developer" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            default ->
                throw WireBody.invalid(
                        "The role of " + place + " is not known", "Send system, developer, user or assistant");
        };
    }

    /** Returns the content, which is a text or a list of parts; only parts of text can be read. */
    private static String content(String place, JsonNode content) {
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw WireBody.invalid("The content of " + place + " is no text", "Send a text or a list of text parts");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!"text".equals(part.path("type").asString(""))) {
                throw new MortiseException(
                        RelayError.PARAMETER_UNSUPPORTED,
                        "The content of " + place + " has a part that is no text",
                        "Send text only");
            }
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    /** Returns the reply as OpenAI would. */
    static Map<String, Object> reply(ChatReply reply, String traceId, Instant created) {
        TokenUsage usage = reply.usage();
        return Map.of(
                "id", "chatcmpl-" + traceId,
                "object", "chat.completion",
                "created", created.getEpochSecond(),
                "model", reply.model(),
                "choices",
                        List.of(Map.of(
                                "index", 0,
                                "message", Map.of("role", "assistant", "content", reply.content()),
                                "finish_reason", finish(reply.finish()))),
                "usage",
                        Map.of(
                                "prompt_tokens", usage.inputTokens(),
                                "completion_tokens", usage.outputTokens(),
                                "total_tokens", usage.inputTokens() + usage.outputTokens()));
    }

    private static String finish(ChatReply.Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
    }
}
