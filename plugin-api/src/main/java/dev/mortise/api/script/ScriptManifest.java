package dev.mortise.api.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a script plugin says of itself, as {@code script-plugin.json} in its folder and its jar.
 *
 * @param id lower-case letters, digits and hyphens
 * @param version a semantic version
 * @param description one sentence
 * @param permissions what its scripts may use beside their language; nothing where it is left out
 * @param tools what agents and protocols can use
 * @param nodes what workflows can use
 * @since 0.1
 */
public record ScriptManifest(
        String id,
        String version,
        @Nullable String description,
        @Nullable Permissions permissions,
        @Nullable List<Part> tools,
        @Nullable List<Part> nodes) {
    /** The file's name in the jar. */
    public static final String FILE = "script-plugin.json";

    /**
     * What scripts may use.
     *
     * @param fetch hosts, as {@link dev.mortise.api.sandbox.FetchGrant} has them
     * @param tools names of tools, or {@code prefix.*}
     * @param models names of models, or {@code prefix.*}
     * @param state whether they have a memory that all scripts of the plugin share, by tenant
     * @since 0.1
     */
    public record Permissions(
            @Nullable List<String> fetch,
            @Nullable List<String> tools,
            @Nullable List<String> models,
            boolean state) {
        /** Returns the permissions as an operator reads them, one a line; none for a plugin that asks for nothing. */
        public List<String> inWords() {
            List<String> words = new ArrayList<>();
            given(fetch).forEach(host -> words.add("fetch: send requests to " + host));
            given(tools).forEach(tool -> words.add("tools: use the tool " + tool));
            given(models).forEach(model -> words.add("models: use the model " + model));
            if (state) {
                words.add("state: remember values from one call to the next");
            }
            return words;
        }
    }

    /**
     * A tool or a node.
     *
     * @param name begins with the plugin's id and a dot
     * @param title two or three words
     * @param summary one or two sentences
     * @param file the script, {@code .js} or {@code .py}
     * @param entry the function; {@code main} where it is left out
     * @param input JSON Schema of the input
     * @param cpuMillis time on a processor; the usual limit where it is left out
     * @param wallMillis time by the clock; the usual limit where it is left out
     * @since 0.1
     */
    public record Part(
            String name,
            String title,
            String summary,
            String file,
            @Nullable String entry,
            @Nullable Map<String, Object> input,
            @Nullable Integer cpuMillis,
            @Nullable Integer wallMillis) {}

    /** Returns the permissions; one that grants nothing where none are declared. */
    public Permissions granted() {
        return Objects.requireNonNullElseGet(permissions, () -> new Permissions(null, null, null, false));
    }

    /** Returns tools and nodes. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(given(tools));
        parts.addAll(given(nodes));
        return parts;
    }

    static <T> List<T> given(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }
}
