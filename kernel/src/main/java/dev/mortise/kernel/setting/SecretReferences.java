package dev.mortise.kernel.setting;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Texts of the form {@code secret:NAME} that stand for secrets, which are in no document and shown to nobody. */
final class SecretReferences {
    static final String PREFIX = "secret:";
    private static final Pattern REFERENCE = Pattern.compile(PREFIX + "[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final String HIDDEN = "(hidden)";

    private SecretReferences() {}

    /** Returns what is wrong with the secrets among values that are to be kept: they must be named. */
    static List<Fault> faults(DeclaredSchema schema, JsonNode values) {
        return schema.secrets(values).stream()
                .filter(at -> !isReference(values.at(at)))
                .map(at -> new Fault(
                        at.toString(),
                        RecordSchema.SECRET,
                        "is a secret; keep it with `mortise secret set` and name it here, as " + PREFIX + "NAME"))
                .toList();
    }

    /** Returns the values with every secret hidden; the names of secrets stay. */
    static JsonNode masked(DeclaredSchema schema, JsonNode values) {
        Set<JsonPointer> secrets = schema.secrets(values);
        return replaced(values, secrets.stream().filter(at -> !isReference(values.at(at))), _ -> HIDDEN);
    }

    /**
     * Returns the values with the secrets that they name.
     *
     * @param find returns the secret of a name
     */
    static JsonNode resolved(DeclaredSchema schema, JsonNode values, UnaryOperator<String> find) {
        Set<JsonPointer> secrets = schema.secrets(values);
        return replaced(values, secrets.stream().filter(at -> isReference(values.at(at))), find);
    }

    /** Returns the exception about a secret that is not there. */
    static MortiseException missing(String plugin, String name) {
        return new MortiseException(
                ApiError.SETTINGS_INVALID,
                "The settings of " + plugin + " name the secret \"" + name + "\", which is not there",
                "Keep it with `mortise secret set`, or name another one");
    }

    private static boolean isReference(JsonNode value) {
        return value.isString() && REFERENCE.matcher(value.asString()).matches();
    }

    private static JsonNode replaced(JsonNode values, Stream<JsonPointer> places, UnaryOperator<String> by) {
        List<JsonPointer> all = places.toList();
        if (all.isEmpty()) {
            return values;
        }
        JsonNode copy = values.deepCopy();
        for (JsonPointer at : all) {
            String name = copy.at(at).asString("");
            String text = by.apply(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
            switch (copy.at(at.head())) {
                case ObjectNode object -> object.put(at.last().getMatchingProperty(), text);
                case ArrayNode array -> array.set(at.last().getMatchingIndex(), text);
                default -> throw new IllegalStateException("A value that is in nothing: " + at);
            }
        }
        return copy;
    }
}
