package dev.mortise.kernel.setting;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON Schema 2020-12. Nothing is fetched from anywhere: a schema refers to its own parts and to the standard's.
 * Made at the first use, because most servers start without a value that must be checked.
 */
final class Schemas {
    /** The file that declares a plugin's settings, in the root of its jar. */
    static final String FILE = "settings.schema.json";

    private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();

    private final Supplier<SchemaRegistry> strict = Once.of(() -> registry(false));
    private final Supplier<SchemaRegistry> loose = Once.of(() -> registry(true));

    private static SchemaRegistry registry(boolean isLoose) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .pathType(PathType.JSON_POINTER)
                .typeLoose(isLoose)
                .build();
        // Keywords that are not the standard's say something to others, and nothing about what is right.
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .unknownKeywordFactory((keyword, _) -> new NonValidationKeyword(keyword))
                .build();
        return SchemaRegistry.withDefaultDialect(
                dialect, builder -> builder.schemaRegistryConfig(config).schemaCacheEnabled(false));
    }

    /**
     * Reads what a jar declares.
     *
     * @throws MortiseException with {@code kernel.settings-schema}
     */
    DeclaredSchema read(String plugin, String text) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw refused(plugin, "is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!(node instanceof ObjectNode object)
                || !"object".equals(node.path("type").asString(""))) {
            throw refused(plugin, "has no \"type\": \"object\" at its top", null);
        }
        List<com.networknt.schema.Error> errors =
                strict.get().getSchema(SchemaLocation.of(DIALECT)).validate(node);
        if (!errors.isEmpty()) {
            com.networknt.schema.Error first = errors.getFirst();
            throw refused(
                    plugin, "is no JSON Schema: " + first.getInstanceLocation() + ": " + first.getMessage(), null);
        }
        DeclaredSchema schema = compile(object);
        try {
            // What it refers to is looked for only now.
            schema.faults(JsonMapper.shared().createObjectNode());
        } catch (SchemaException e) {
            throw refused(plugin, "refers to what is not there: " + e.getMessage(), e);
        }
        return schema;
    }

    /** Makes checks out of a schema that is known to be good. */
    DeclaredSchema compile(ObjectNode node) {
        return new DeclaredSchema(node, Once.of(() -> schema(strict, node)), Once.of(() -> schema(loose, node)));
    }

    private static Schema schema(Supplier<SchemaRegistry> registry, ObjectNode node) {
        Schema schema = registry.get().getSchema(node);
        schema.initializeValidators();
        return schema;
    }

    private static MortiseException refused(
            String plugin, String what, @org.jspecify.annotations.Nullable RuntimeException cause) {
        return new MortiseException(
                KernelError.SETTINGS_SCHEMA,
                "The file " + FILE + " of " + plugin + " " + what,
                "Correct it, or leave it out: the schema is then made from the settings record",
                cause);
    }
}
