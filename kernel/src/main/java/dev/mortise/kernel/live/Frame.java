package dev.mortise.kernel.live;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client is told, as JSON; the same over both kinds of connection.
 *
 * @param topic what it is about; null where it is about no topic
 * @param sequence where the client stands in the topic once it has this; without meaning where there is no topic
 */
record Frame(@Nullable String topic, long sequence, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The client watches from now on, and what it is told next follows on the sequence number. */
    static Frame subscribed(String topic, long sequence) {
        return new Frame(topic, sequence, about("subscribed", topic, sequence).toString());
    }

    /** Messages up to the sequence number are lost to the client; it reads the state anew. */
    static Frame gap(String topic, long sequence) {
        return new Frame(topic, sequence, about("gap", topic, sequence).toString());
    }

    /** @param payload JSON */
    static Frame message(String topic, long sequence, String payload) {
        String head = about("message", topic, sequence).toString();
        return new Frame(topic, sequence, head.substring(0, head.length() - 1) + ",\"data\":" + payload + "}");
    }

    static Frame unsubscribed(String topic, String code) {
        ObjectNode frame = JSON.createObjectNode().put("type", "unsubscribed").put("topic", topic);
        return new Frame(null, 0, frame.put("code", code).toString());
    }

    /** What the client asked for is refused. */
    static Frame refused(@Nullable String topic, String code, String message) {
        ObjectNode frame = JSON.createObjectNode().put("type", "refused");
        if (topic != null) {
            frame.put("topic", topic);
        }
        return new Frame(
                null, 0, frame.put("code", code).put("message", message).toString());
    }

    /** Nothing has happened, and the connection is whole. */
    static Frame beat() {
        return new Frame(null, 0, "{\"type\":\"beat\"}");
    }

    private static ObjectNode about(String type, String topic, long sequence) {
        return JSON.createObjectNode().put("type", type).put("topic", topic).put("sequence", sequence);
    }
}
