package dev.mortise.kernel.openapi;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.OpenToAll;
import dev.mortise.api.http.Page;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a resource method answers. */
final class Answers {
    private static final List<Class<?>> BINARY =
            List.of(byte[].class, InputStream.class, StreamingOutput.class, File.class);

    private final Class<?> resource;
    private final Schemas schemas;

    Answers(Class<?> resource, Schemas schemas) {
        this.resource = resource;
        this.schemas = schemas;
    }

    ObjectNode read(Method method, boolean namesSomething) {
        Map<String, ObjectNode> byStatus = new TreeMap<>();
        Answer[] declared = method.getAnnotationsByType(Answer.class);
        for (Answer answer : declared) {
            byStatus.put(String.valueOf(answer.status()), declared(answer));
        }
        if (declared.length == 0) {
            byReturnType(method, byStatus);
        }
        byStatus.putIfAbsent("400", problem());
        byStatus.putIfAbsent("401", problem());
        if (!method.isAnnotationPresent(OpenToAll.class)) {
            byStatus.putIfAbsent("403", problem());
        }
        if (namesSomething) {
            byStatus.putIfAbsent("404", problem());
        }
        byStatus.putIfAbsent("4XX", problem());
        byStatus.putIfAbsent("5XX", problem());
        ObjectNode responses = JsonMapper.shared().createObjectNode();
        byStatus.forEach(responses::set);
        return responses;
    }

    private static ObjectNode problem() {
        return JsonMapper.shared().createObjectNode().put("$ref", "#/components/responses/Problem");
    }

    private ObjectNode declared(Answer answer) {
        ObjectNode response = response(answer.status());
        if (!answer.when().isEmpty()) {
            response.put("description", answer.when());
        }
        if (answer.type() != void.class) {
            Shape shape = answer.of() == void.class
                    ? Shape.of(answer.type())
                    : Shape.of(answer.type(), Shape.of(answer.of()));
            content(response, answer.media(), shape);
        }
        return response;
    }

    private static ObjectNode response(int status) {
        return JsonMapper.shared().createObjectNode().put("description", HttpStatus.getMessage(status));
    }

    private void byReturnType(Method method, Map<String, ObjectNode> byStatus) {
        Shape shape = Shape.of(method.getAnnotatedReturnType());
        Shape value = shape.is(CompletionStage.class) ? shape.argument(0) : shape;
        if (value.raw() == void.class || value.raw() == Void.class) {
            byStatus.put("204", response(204));
            return;
        }
        ObjectNode ok = response(200);
        Produces onMethod = method.getAnnotation(Produces.class);
        @Nullable Produces produces = onMethod == null ? resource.getAnnotation(Produces.class) : onMethod;
        String usual = value.raw() == String.class ? "text/plain" : "application/json";
        List<String> types = produces == null ? List.of(usual) : List.of(produces.value());
        types.forEach(type -> content(ok, type, value.is(Response.class) ? Shape.of(Object.class) : value));
        byStatus.put("200", ok);
        if (value.nullable()) {
            byStatus.put("204", response(204));
        }
    }

    private void content(ObjectNode response, String media, Shape shape) {
        ObjectNode content =
                response.path("content") instanceof ObjectNode known ? known : response.putObject("content");
        ObjectNode type = content.putObject(media);
        if (BINARY.stream().noneMatch(shape::is)) {
            type.set("schema", schemas.of(shape.notNull()));
        }
        if (shape.is(Page.class)) {
            response.putObject("headers").putObject("Link").put("$ref", "#/components/headers/Link");
        }
    }
}
