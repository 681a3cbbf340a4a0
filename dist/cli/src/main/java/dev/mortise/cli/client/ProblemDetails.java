package dev.mortise.cli.client;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.ExitCodes;
import dev.mortise.cli.problem.Problem;
import java.net.http.HttpRequest;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a failed answer: problem details of RFC 9457 with Mortise's own members, or whatever else came. */
final class ProblemDetails {
    private ProblemDetails() {}

    static CliException toException(HttpRequest sent, int status, String text) {
        JsonNode body = body(text);
        String code = body.path("code").asString("http." + status);
        String request = sent.method() + " " + sent.uri().getPath();
        String detail = body.path("detail").asString("");
        String message = detail.isBlank()
                ? body.path("title").asString("The server answered " + status + " to " + request)
                : detail;
        String traceId = body.path("traceId").asString("");
        Problem problem = new Problem(
                code, message, body.path("remedy").asString(remedy(status)), traceId.isEmpty() ? null : traceId);
        return new CliException(exitCode(code, status), problem, null);
    }

    private static ExitCode exitCode(String code, int status) {
        return Arrays.stream(ErrorCategory.values())
                .filter(category -> category.httpStatus() == status)
                .findFirst()
                .map(category -> new ExitCodes().of(code, category))
                .orElse(ExitCode.FAILURE);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401 -> "Give the key of an administrator with --key-file, MORTISE_KEY or --key";
            case 403 -> "Use a key that has the permission, or ask an administrator for it";
            default -> "";
        };
    }

    private static JsonNode body(String text) {
        try {
            JsonNode body = JsonMapper.shared().readTree(text);
            return body.isObject() ? body : JsonMapper.shared().createObjectNode();
        } catch (JacksonException notJson) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
