package dev.mortise.kernel.setting;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a plugin's settings. */
final class DeclaredSchema {
    private static final Set<String> UNKNOWN = Set.of("additionalProperties", "unevaluatedProperties");

    private final ObjectNode node;
    private final Supplier<Schema> strict;
    private final Supplier<Schema> loose;

    DeclaredSchema(ObjectNode node, Supplier<Schema> strict, Supplier<Schema> loose) {
        this.node = node;
        this.strict = strict;
        this.loose = loose;
    }

    /** Returns the schema itself. Not to be changed. */
    ObjectNode node() {
        return node;
    }

    /** Returns what is wrong with values that came as JSON. */
    List<Fault> faults(JsonNode values) {
        return faults(strict.get(), values);
    }

    /**
     * Returns what is wrong with values of the file, where a text that an environment variable gave may be a number.
     */
    List<Fault> faultsInFile(JsonNode values) {
        return faults(loose.get(), values);
    }

    /** Returns whether tenants may set anything. */
    boolean isForTenants() {
        return node.path("properties").propertyNames().stream().anyMatch(this::isForTenants);
    }

    /** Returns whether tenants may set the property. */
    boolean isForTenants(String property) {
        return node.path("properties")
                .path(property)
                .path(RecordSchema.FOR_TENANTS)
                .asBoolean(false);
    }

    /** Returns where among the values secrets stand. */
    Set<JsonPointer> secrets(JsonNode values) {
        return SecretPlaces.in(node, values);
    }

    private List<Fault> faults(Schema schema, JsonNode values) {
        return schema.validate(values).stream().map(this::fault).distinct().toList();
    }

    private Fault fault(Error error) {
        JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
        String rule = String.valueOf(error.getKeyword());
        String property = error.getProperty();
        if (property != null && (UNKNOWN.contains(rule) || rule.equals("required"))) {
            at = at.appendProperty(property);
        }
        return new Fault(at.toString(), rule, message(rule, error));
    }

    private String message(String rule, Error error) {
        if (UNKNOWN.contains(rule)) {
            return error.getInstanceLocation().getNameCount() > 0
                    ? "is not known here"
                    : "is not known here; known are " + String.join(", ", known());
        }
        return rule.equals("required") ? "is missing" : error.getMessage();
    }

    private Set<String> known() {
        return node.path("properties").propertyNames().stream().collect(Collectors.toCollection(TreeSet::new));
    }
}
