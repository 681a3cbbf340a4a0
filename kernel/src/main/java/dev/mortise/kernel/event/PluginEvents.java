package dev.mortise.kernel.event;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.event.Events;
import dev.mortise.kernel.payload.Payload;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.PluginStore;
import dev.mortise.kernel.trace.ActiveSpan;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of one load of a plugin. */
record PluginEvents(String plugin, PluginStore store, JsonMapper json) implements Events {
    /** How many lanes each tenant's events to a subscriber are spread over. Fixed: cursors are kept by lane. */
    static final int LANES = 8;

    private static final int LARGEST_PAYLOAD = 256 << 10;
    private static final int LONGEST_KEY = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9_-]*)+");

    @Override
    public UUID publish(String name, @Nullable String key, Object payload) {
        check(name, key);
        JsonNode tree = Payload.of(json, payload, LARGEST_PAYLOAD, "The event " + name);
        // String.hashCode is specified, so every node puts a key into the same lane.
        int lane = key == null ? ThreadLocalRandom.current().nextInt(LANES) : Math.floorMod(key.hashCode(), LANES);
        String traceId = CallContext.current().traceId();
        String traceparent = ActiveSpan.traceparent();
        return store.kernel(
                Access.WRITE,
                open -> open.mapper(EventMapper.class).insert(lane, name, key, tree, traceId, traceparent));
    }

    private void check(String name, @Nullable String key) {
        if (!name.startsWith(plugin + ".") || !NAME.matcher(name).matches()) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "\"" + name + "\" is no name of an event of the plugin " + plugin,
                    "Begin with \"" + plugin + ".\" and write dotted lower case, such as " + plugin + ".run.finished");
        }
        if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY)) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The key of event " + name + " has " + key.length() + " characters; from 1 to " + LONGEST_KEY
                            + " are allowed",
                    "Use an id as key");
        }
    }
}
