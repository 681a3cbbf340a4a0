package dev.mortise.kernel.setting;

import dev.mortise.kernel.config.FileSection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one load of a plugin says about its settings. The record's class is known until its schema was made of it, or
 * the load ends: an operator may look at the settings of a plugin that has failed.
 */
final class Declaration {
    private final String plugin;
    private final FileSection file;
    private final JsonNode fileValues;
    private final Schemas schemas;
    private volatile @Nullable DeclaredSchema schema;
    private volatile @Nullable Class<? extends Record> type;

    /** @param schema what the jar declares; null for the schema of the record */
    Declaration(String plugin, FileSection file, Schemas schemas, @Nullable DeclaredSchema schema) {
        this.plugin = plugin;
        this.file = file;
        this.fileValues = withoutNulls(file.values());
        this.schemas = schemas;
        this.schema = schema;
    }

    String plugin() {
        return plugin;
    }

    /** Returns where a value of the file stands. */
    String place(String pointer) {
        return file.place(pointer);
    }

    /** Returns the file's values, without those that are null; usually an object. */
    JsonNode fileValues() {
        return fileValues;
    }

    /** Returns the file's values, empty where they are no object and the plugin can make nothing of them. */
    ObjectNode fileObject() {
        return fileValues instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /** Notes the record that the plugin binds its settings to; the first one declares them. */
    void declare(Class<? extends Record> record) {
        if (type == null && schema == null) {
            type = record;
        }
    }

    /** Returns the schema; empty as long as the plugin has asked for no settings. */
    Optional<DeclaredSchema> schema() {
        DeclaredSchema known = schema;
        Class<? extends Record> record = type;
        if (known == null && record != null) {
            known = schemas.compile(RecordSchema.of(record));
            schema = known;
        }
        return Optional.ofNullable(known);
    }

    /**
     * Returns whether tenants may set anything; false as long as nothing is declared. Makes no schema: it is asked at
     * each look.
     */
    boolean isForTenants() {
        DeclaredSchema known = schema;
        Class<? extends Record> record = type;
        if (known != null) {
            return known.isForTenants();
        }
        return record != null && RecordSchema.isForTenants(record);
    }

    /** Lets go of the plugin's class. */
    void forgetType() {
        type = null;
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().stream()
                    .filter(each -> !each.getValue().isNull())
                    .forEach(each -> object.set(each.getKey(), withoutNulls(each.getValue())));
            return object;
        } else if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> array.add(withoutNulls(each)));
            return array;
        }
        return value;
    }
}
