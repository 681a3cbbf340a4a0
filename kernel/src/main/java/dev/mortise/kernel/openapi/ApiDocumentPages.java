package dev.mortise.kernel.openapi;

import dev.mortise.api.http.IfNoneMatch;
import dev.mortise.kernel.http.DoorPage;
import dev.mortise.kernel.http.Exchange;
import jakarta.ws.rs.core.EntityTag;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/** {@code /api/v1/openapi.json} and {@code /api/v1/openapi.yaml}. */
public final class ApiDocumentPages implements DoorPage {
    private static final String JSON_PATH = "/api/v1/openapi.json";
    private static final String YAML_PATH = "/api/v1/openapi.yaml";

    private final ApiDocument document;

    /** Serves this document. */
    public ApiDocumentPages(ApiDocument document) {
        this.document = document;
    }

    @Override
    public boolean has(String path) {
        return path.equals(JSON_PATH) || path.equals(YAML_PATH);
    }

    @Override
    public void serve(Exchange exchange) {
        boolean asYaml = exchange.path().equals(YAML_PATH);
        ApiDocument.Text text = asYaml ? document.yaml() : document.json();
        Response response = exchange.response();
        response.getHeaders().put(HttpHeader.ETAG, "\"" + text.tag() + "\"");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "private, no-cache");
        response.getHeaders().put(HttpHeader.VARY, "Authorization");
        String known = exchange.request().getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (known != null && IfNoneMatch.valueOf(known).has(new EntityTag(text.tag()))) {
            response.setStatus(304);
            exchange.callback().succeeded();
            return;
        }
        response.setStatus(200);
        // The media types of RFC 9512 and of the OpenAPI Initiative's registration.
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, asYaml ? "application/yaml" : "application/json");
        response.write(true, ByteBuffer.wrap(text.content()), exchange.callback());
    }
}
