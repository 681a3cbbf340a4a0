package dev.mortise.kernel.live;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.live.Live;
import dev.mortise.kernel.payload.Payload;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The live topics of one load of a plugin. */
record PluginLive(String plugin, PluginStore store, JsonMapper json, LiveRoom room) implements Live {
    private static final int LARGEST_PAYLOAD = 64 << 10;

    @Override
    public void publish(String topic, Object payload) {
        if (!topic.startsWith(plugin + ".") || !TopicName.isOne(topic)) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "\"" + topic + "\" is no live topic of the plugin " + plugin,
                    "Begin with \"" + plugin + ".\" and the topic's name, such as " + plugin + ".run/0199");
        }
        JsonNode tree = Payload.of(json, payload, LARGEST_PAYLOAD, "The live message on " + topic);
        store.kernel(Access.WRITE, open -> open.mapper(LiveMapper.class).insert(topic, tree));
        room.begin();
    }
}
