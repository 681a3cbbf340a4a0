package dev.mortise.kernel.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Holds a document to the OpenAPI Initiative's own JSON Schema of OpenAPI 3.1, and its references to existence. */
final class OpenApiRules {
    private static final SchemaLocation OPENAPI_3_1 = SchemaLocation.of("classpath:openapi/3.1/schema.json");

    private OpenApiRules() {}

    static List<String> violations(JsonNode document) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Schema schema = registry.getSchema(OPENAPI_3_1);
        Stream<String> wrong = schema.validate(document).stream().map(Error::toString);
        Schema metaSchema = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        Stream<String> wrongSchemas = document.path("components").path("schemas").properties().stream()
                .flatMap(named ->
                        metaSchema.validate(named.getValue()).stream().map(error -> named.getKey() + ": " + error));
        Stream<String> dangling = document.findValues("$ref").stream()
                .map(JsonNode::asString)
                .distinct()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .map(reference -> "Nothing is at " + reference);
        return Stream.of(wrong, wrongSchemas, dangling).flatMap(found -> found).toList();
    }
}
