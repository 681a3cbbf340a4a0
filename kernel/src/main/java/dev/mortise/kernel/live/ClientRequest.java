package dev.mortise.kernel.live;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client asks for over its WebSocket. */
sealed interface ClientRequest {
    /** Does what is asked, or tells the client why not. */
    void serve(LiveRoom room, Client client);

    /** Reads a text of the client. */
    static ClientRequest of(String text) {
        try {
            JsonNode json = Parser.JSON.readTree(text);
            String topic = json.path("topic").asString("");
            return switch (json.path("type").asString("")) {
                case "subscribe" -> subscribe(topic, json.path("after"));
                case "unsubscribe" -> new Unsubscribe(topic);
                case "beat" -> new Beat();
                default -> new Unreadable();
            };
        } catch (JacksonException e) {
            return new Unreadable();
        }
    }

    private static ClientRequest subscribe(String topic, JsonNode after) {
        if (after.isMissingNode() || after.isNull()) {
            return new Subscribe(topic, OptionalLong.empty());
        }
        boolean isNumber = after.isIntegralNumber() && after.canConvertToLong() && after.asLong() >= 0;
        return isNumber ? new Subscribe(topic, OptionalLong.of(after.asLong())) : new Unreadable();
    }

    /** Watch a topic, from where the client stands. */
    record Subscribe(String topic, OptionalLong after) implements ClientRequest {
        @Override
        public void serve(LiveRoom room, Client client) {
            try {
                client.context().run(() -> room.subscribe(client, topic, after));
            } catch (MortiseException e) {
                String named = TopicName.isOne(topic) ? topic : null;
                client.tell(Frame.refused(named, e.errorCode().code(), String.valueOf(e.getMessage())));
            }
        }
    }

    /** Watch a topic no longer. */
    record Unsubscribe(String topic) implements ClientRequest {
        @Override
        public void serve(LiveRoom room, Client client) {
            room.unsubscribe(client, topic);
        }
    }

    /** The client shows that it is there. */
    record Beat() implements ClientRequest {
        @Override
        public void serve(LiveRoom room, Client client) {
            // That it was received is all there is to it.
        }
    }

    /** Anything else. */
    record Unreadable() implements ClientRequest {
        @Override
        public void serve(LiveRoom room, Client client) {
            client.tell(Frame.refused(
                    null,
                    ApiError.INPUT_INVALID.code(),
                    "Send {\"type\":\"subscribe\",\"topic\":\"…\",\"after\":0} or unsubscribe"));
        }
    }

    /** Keeps the mapper out of the interface's own constants, which would be public. */
    final class Parser {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        private Parser() {}
    }
}
