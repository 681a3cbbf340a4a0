package dev.mortise.kernel.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/**
 * Makes a JSON mapper for one load of a plugin. Its caches of types are its own: shared ones would keep the classes of
 * a plugin that is gone.
 */
public final class PluginJson {
    private PluginJson() {}

    /** Returns a new mapper: times as ISO 8601, absent values left out. */
    public static JsonMapper newMapper() {
        return JsonMapper.builder()
                .typeFactory(TypeFactory.createDefaultInstance())
                .changeDefaultPropertyInclusion(_ ->
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .build();
    }
}
