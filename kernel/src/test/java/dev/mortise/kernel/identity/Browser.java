package dev.mortise.kernel.identity;

import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A browser with one cookie, and a page that sends the session's token with what it changes. */
final class Browser {
    private static final String API = "/api/v1/kernel/";

    private final TestKernel kernel;

    @Nullable
    String cookie;

    @Nullable
    String csrf;

    Browser(TestKernel kernel) {
        this.kernel = kernel;
    }

    TestResponse signIn(String email, String password) {
        return signIn("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    TestResponse signIn(String json) {
        TestResponse answer = post("sessions", json);
        if (answer.status() == 201) {
            csrf = answer.body().path("csrfToken").asString();
        }
        return answer;
    }

    TestResponse get(String path) {
        return send(path, "GET", null, with -> with);
    }

    TestResponse post(String path, String json) {
        return send(path, "POST", json, with -> with);
    }

    TestResponse put(String path, String json) {
        return send(path, "PUT", json, with -> with);
    }

    TestResponse patch(String path, String json) {
        return send(path, "PATCH", json, with -> with);
    }

    TestResponse delete(String path) {
        return send(path, "DELETE", null, with -> with);
    }

    /** Sends as a page of another origin would: with the cookie, without the session's token. */
    TestResponse postForeign(String path, String json) {
        String held = csrf;
        csrf = null;
        try {
            return post(path, json);
        } finally {
            csrf = held;
        }
    }

    private TestResponse send(
            String path, String method, @Nullable String json, UnaryOperator<HttpRequest.Builder> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(kernel.url().resolve(API + path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json");
        if (cookie != null) {
            request.header("Cookie", SessionCookie.NAME + "=" + cookie);
        }
        if (csrf != null) {
            request.header("X-CSRF-Token", csrf);
        }
        TestResponse answer = kernel.send(more.apply(request).build());
        setCookie(answer).ifPresent(value -> cookie = value.isEmpty() ? null : value);
        answer.headers().firstValue("X-CSRF-Token").ifPresent(value -> csrf = value);
        return answer;
    }

    /** Returns the session's cookie that an answer sets, empty text where it removes it. */
    static Optional<String> setCookie(TestResponse answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(SessionCookie.NAME + "="))
                .map(header -> header.substring(SessionCookie.NAME.length() + 1, header.indexOf(';')))
                .findFirst();
    }
}
