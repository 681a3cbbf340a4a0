package dev.mortise.dist.fuzz;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds for every answer, whatever was asked.
 *
 * @param foreign a word that only data of another tenant contains
 */
public record AnswerRules(String foreign) {
    private static final Pattern INSIDES =
            Pattern.compile("\\tat |\\b(?:java|jdk|jakarta|tools\\.jackson|com\\.fasterxml"
                    + "|org\\.(?:postgresql|glassfish|eclipse|apache|osgi)|com\\.zaxxer)\\.[a-z]\\w*[.\\w]*"
                    + "|\\w+(?:Exception|Error): |SQLSTATE|SQLState|syntax error at or near|duplicate key value|violates "
                    + "|row-level security|current_tenant|pg_catalog");
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final String PROBLEM = "application/problem+json";

    /** Returns what is wrong with the answer, in words; nothing as a rule. */
    public List<String> violations(HttpResponse<String> answer) {
        List<String> found = new ArrayList<>();
        int status = answer.statusCode();
        if (status >= 500) {
            found.add("status " + status);
        }
        if (INSIDES.matcher(answer.body()).find() && !isDescription(answer)) {
            found.add("insides of the server");
        }
        if (answer.body().contains(foreign)) {
            found.add("data of another tenant");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (status >= 400 && !answer.request().method().equals("HEAD")) {
            problem(type, status, answer.body(), found);
        } else if (type.startsWith("application/json") && !answer.body().isEmpty()) {
            json(answer.body(), found);
        }
        if (answer.headers().firstValue("X-Forged").isPresent()) {
            found.add("a header that the caller made up");
        }
        return found;
    }

    /** The document itself quotes what developers wrote. */
    private static boolean isDescription(HttpResponse<String> answer) {
        return answer.statusCode() == 200 && answer.uri().getPath().startsWith("/api/v1/openapi.");
    }

    private static void problem(String type, int status, String body, List<String> found) {
        if (type.startsWith("application/json") && isOfOpenAi(json(body, found).path("error"))) {
            return;
        }
        if (!type.startsWith(PROBLEM)) {
            found.add("no problem document but \"" + type + "\"");
            return;
        }
        JsonNode problem = json(body, found);
        if (problem.path("status").asInt() != status) {
            found.add("the problem's status is another");
        }
        for (String name : List.of("type", "title", "detail", "code", "remedy")) {
            if (problem.path(name).asString("").isBlank()) {
                found.add("a problem without \"" + name + "\"");
            }
        }
        if (!TRACE_ID.matcher(problem.path("traceId").asString("")).matches()) {
            found.add("a problem without a trace id");
        }
    }

    /** Two operations speak OpenAI's language, for its clients. */
    private static boolean isOfOpenAi(JsonNode error) {
        return !error.path("message").asString("").isBlank()
                && !error.path("code").asString("").isBlank()
                && !error.path("type").asString("").isBlank();
    }

    private static JsonNode json(String body, List<String> found) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            found.add("no JSON");
            return JsonMapper.shared().createObjectNode();
        }
    }
}
