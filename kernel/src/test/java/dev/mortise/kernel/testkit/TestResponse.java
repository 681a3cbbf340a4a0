package dev.mortise.kernel.testkit;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server answered.
 *
 * @param body the JSON body; a missing node where there is none or it is no JSON
 * @param text the body as it came
 */
public record TestResponse(int status, JsonNode body, String text, HttpHeaders headers) {
    /** Reads an answer. */
    public static TestResponse of(HttpResponse<String> response) {
        JsonMapper json = JsonMapper.shared();
        boolean isJson =
                response.headers().firstValue("Content-Type").orElse("").matches("application/(?:problem\\+)?json.*");
        JsonNode body = isJson ? json.readTree(response.body()) : json.missingNode();
        return new TestResponse(response.statusCode(), body, response.body(), response.headers());
    }
}
