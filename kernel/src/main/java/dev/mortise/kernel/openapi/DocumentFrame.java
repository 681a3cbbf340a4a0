package dev.mortise.kernel.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the document has beside the plugins' parts: kept as a resource of its own, {@code frame.json}. */
final class DocumentFrame {
    private final String version;

    DocumentFrame(String version) {
        this.version = version;
    }

    ObjectNode around(List<ApiDocument.Part> parts) {
        ObjectNode document = frame();
        if (document.path("info") instanceof ObjectNode info) {
            info.put("version", version);
        }
        Map<String, JsonNode> paths = new TreeMap<>();
        Map<String, JsonNode> schemas = new TreeMap<>();
        document.path("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schemas.put(schema.getKey(), schema.getValue()));
        ArrayNode tags = document.withArray("tags");
        for (ApiDocument.Part part : parts) {
            tags.addObject()
                    .put("name", part.plugin())
                    .put("description", "Version " + part.version())
                    .put("x-version", part.version());
            part.fragment().path("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
            part.fragment()
                    .path("schemas")
                    .properties()
                    .forEach(schema -> schemas.put(schema.getKey(), schema.getValue()));
        }
        ObjectNode inOrder = document.putObject("paths");
        paths.forEach(inOrder::set);
        if (document.path("components") instanceof ObjectNode components) {
            ObjectNode all = components.putObject("schemas");
            schemas.forEach(all::set);
        }
        return document;
    }

    private static ObjectNode frame() {
        try (InputStream file = DocumentFrame.class.getResourceAsStream("frame.json")) {
            if (file == null || !(JsonMapper.shared().readTree(file) instanceof ObjectNode frame)) {
                throw new IllegalStateException("frame.json is missing from the kernel's jar");
            }
            return frame;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
