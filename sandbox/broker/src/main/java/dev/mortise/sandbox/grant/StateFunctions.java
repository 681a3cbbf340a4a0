package dev.mortise.sandbox.grant;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.HostFunction;
import dev.mortise.api.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code state.get(key)} and {@code state.put(key, value)}: a memory in the plugin's schema, by tenant and name. */
final class StateFunctions {
    static final int MOST_KEYS = 1_000;
    static final int MOST_VALUE_BYTES = 256 << 10;
    private static final int MOST_KEY_CHARACTERS = 200;

    private final Store store;
    private final JsonMapper json;
    private final String name;

    StateFunctions(Store store, JsonMapper json, String name) {
        this.store = store;
        this.json = json;
        this.name = name;
    }

    List<HostFunction> all() {
        return List.of(NamedFunction.of("state.get", this::get), NamedFunction.of("state.put", this::put));
    }

    private String get(String text) {
        String key = key(Arguments.parse("state.get", text, json));
        return store.read(StateMapper.class, states -> Optional.ofNullable(states.find(name, key)))
                .orElse("null");
    }

    private String put(String text) {
        Arguments arguments = Arguments.parse("state.put", text, json);
        String key = key(arguments);
        JsonNode value = arguments.value(1, "the value");
        if (value.isNull()) {
            store.transaction(open -> open.mapper(StateMapper.class).remove(name, key));
            return "null";
        }
        String written = json.writeValueAsString(value);
        if (written.getBytes(StandardCharsets.UTF_8).length > MOST_VALUE_BYTES) {
            throw tooLarge("the value of \"" + key + "\" is larger than " + MOST_VALUE_BYTES / 1024 + " KiB");
        }
        int kept = store.transaction(open -> {
            StateMapper states = open.mapper(StateMapper.class);
            return states.put(name, key, written, MOST_KEYS);
        });
        if (kept == 0) {
            throw tooLarge("the memory \"" + name + "\" has " + MOST_KEYS + " keys already");
        }
        return "null";
    }

    private static String key(Arguments arguments) {
        String key = arguments.text(0, "the key");
        if (key.isEmpty() || key.length() > MOST_KEY_CHARACTERS || key.indexOf('\0') >= 0) {
            throw Arguments.wrong(arguments.function(), "a key has from 1 to " + MOST_KEY_CHARACTERS + " characters");
        }
        return key;
    }

    private static MortiseException tooLarge(String what) {
        return new MortiseException(GrantError.TOO_LARGE, "state.put: " + what, "Keep less, or remove keys by null");
    }
}
