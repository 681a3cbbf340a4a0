package dev.mortise.api.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What exists for a script beside its language. Nothing does that is not named here; each call is checked in the
 * server.
 *
 * @param fetch {@code fetch(url, options)}
 * @param tools names of tools for {@code host.tools.call(name, input)}; {@code prefix.*} for all that begin so
 * @param models names of models for {@code host.models.chat(request)}; the same form
 * @param state the name of the memory behind {@code host.state.get(key)} and {@code host.state.put(key, value)}: kept
 *     by tenant, shared by all scripts that are granted the same name
 * @param functions further functions of the caller's own
 * @since 0.1
 */
public record Grants(
        Optional<FetchGrant> fetch,
        Set<String> tools,
        Set<String> models,
        Optional<String> state,
        List<HostFunction> functions) {
    private static final Grants NONE = new Grants(Optional.empty(), Set.of(), Set.of(), Optional.empty(), List.of());

    /** Copies the collections. */
    public Grants {
        tools = Set.copyOf(tools);
        models = Set.copyOf(models);
        functions = List.copyOf(functions);
    }

    /** Returns what grants nothing but to compute and to write to the log. */
    public static Grants none() {
        return NONE;
    }

    /** Returns this with requests to other servers. */
    public Grants withFetch(FetchGrant grant) {
        return new Grants(Optional.of(grant), tools, models, state, functions);
    }

    /** Returns this with these tools. */
    public Grants withTools(Set<String> names) {
        return new Grants(fetch, names, models, state, functions);
    }

    /** Returns this with these models. */
    public Grants withModels(Set<String> names) {
        return new Grants(fetch, tools, names, state, functions);
    }

    /** Returns this with a memory. */
    public Grants withState(String name) {
        return new Grants(fetch, tools, models, Optional.of(name), functions);
    }

    /** Returns this with functions of the caller's own. */
    public Grants withFunctions(List<HostFunction> own) {
        return new Grants(fetch, tools, models, state, own);
    }
}
