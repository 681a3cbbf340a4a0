package dev.mortise.openai.wire;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ModelError;
import dev.mortise.openai.settings.ServerSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Translates what went wrong with a server into {@link ModelError}, with a remedy. OpenAI's error object is
 * {@code {"error": {"message", "type", "param", "code"}}} (API reference, "Error codes").
 */
final class ServerFailures {
    private static final int LONGEST_QUOTE = 300;

    private final ServerSettings settings;
    private final JsonMapper json;
    private final String server;

    ServerFailures(ServerSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
        this.server =
                "The server \"" + settings.name() + "\" (" + settings.baseUrl().getHost() + ")";
    }

    /** Returns the failure for a reply that is none of success. */
    MortiseException ofStatus(String model, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        ErrorBody error = ErrorBody.of(json, response.body());
        return switch (status) {
            case 401, 403 ->
                // The server's message is left out: vendors repeat parts of the key in it.
                failure(
                        ModelError.CREDENTIALS_REFUSED,
                        server + " refused the credentials (HTTP " + status + ")",
                        "Check apiKey and headers of this server, and that the key may use the model " + model);
            case 404 ->
                failure(
                        ModelError.NOT_FOUND,
                        server + " does not know the model \"" + model + "\" or the path (HTTP 404)" + quoted(error),
                        "Check the model's id, and that baseUrl ends as the server documents it, mostly with /v1");
            case 408, 504 ->
                failure(
                        ModelError.TIMEOUT,
                        server + " did not answer in time itself (HTTP " + status + ")" + quoted(error),
                        "Try again later, or send less at a time");
            case 429 -> limited(error, response);
            default ->
                status >= 500 ? broken(status, error) : status < 400 ? redirected(response) : refused(status, error);
        };
    }

    private MortiseException limited(ErrorBody error, HttpResponse<byte[]> response) {
        String wait = response.headers()
                .firstValue("Retry-After")
                .map(time -> "; it asks to wait " + clean(time) + (time.matches("\\d+") ? " seconds" : ""))
                .orElse("");
        boolean isQuota = error.code().equals("insufficient_quota");
        return failure(
                ModelError.LIMITED,
                server + (isQuota ? " says that the quota is used up" : " limits the rate") + " (HTTP 429)" + wait
                        + quoted(error),
                isQuota ? "Raise the quota or the balance at the vendor" : "Try again later, or raise the limit there");
    }

    private MortiseException broken(int status, ErrorBody error) {
        return failure(
                ModelError.UNAVAILABLE,
                server + " has failed (HTTP " + status + ")" + quoted(error),
                "Try again later; if it stays, look at that server's status");
    }

    private MortiseException redirected(HttpResponse<byte[]> response) {
        String target =
                response.headers().firstValue("Location").map(this::clean).orElse("nowhere");
        return failure(
                ModelError.UNAVAILABLE,
                server + " redirects to " + target + " (HTTP " + response.statusCode() + "), which is not followed",
                "Set baseUrl to the final address if you trust it");
    }

    private MortiseException refused(int status, ErrorBody error) {
        boolean isTooLong = status == 413 || error.code().equals("context_length_exceeded");
        return failure(
                ModelError.REQUEST_REFUSED,
                server + (isTooLong ? " says that the text is too long for the model" : " refused the request")
                        + " (HTTP " + status + ")" + quoted(error),
                isTooLong ? "Send less text, or choose a model with a longer context" : "Correct the request");
    }

    /** Returns the failure for an exchange that did not end in a reply. */
    MortiseException ofExchange(Throwable cause) {
        return switch (cause) {
            case ConnectException e ->
                unreachable(isUnresolved(e) ? "its name is not known" : "it cannot be reached", e);
            case HttpTimeoutException e -> ofTimeout(e);
            case SSLException e ->
                failure(
                        ModelError.UNAVAILABLE,
                        server + " cannot be trusted: " + clean(String.valueOf(e.getMessage())),
                        "Check baseUrl and the server's certificate",
                        e);
            case IOException e
            when String.valueOf(e.getMessage()).contains("exceeds capacity") ->
                failure(
                        ModelError.REPLY_INVALID,
                        server + " sent a reply that is larger than is read",
                        "Ask for less at a time, and check that baseUrl points at a model server",
                        e);
            default ->
                failure(
                        ModelError.UNAVAILABLE,
                        server + " broke off the exchange: " + clean(String.valueOf(cause.getMessage())),
                        "Try again; if it stays, look at that server's log",
                        cause);
        };
    }

    private static boolean isUnresolved(ConnectException e) {
        return Stream.<@Nullable Throwable>iterate(
                        e, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
                .anyMatch(UnresolvedAddressException.class::isInstance);
    }

    private MortiseException unreachable(String why, Throwable cause) {
        return failure(
                ModelError.UNAVAILABLE,
                server + " is not there: " + why + " at port " + port(),
                "Check baseUrl, and that the server is running and reachable from here",
                cause);
    }

    int port() {
        int port = settings.baseUrl().getPort();
        return port >= 0 ? port : "http".equalsIgnoreCase(settings.baseUrl().getScheme()) ? 80 : 443;
    }

    MortiseException ofTimeout(Throwable cause) {
        return failure(
                ModelError.TIMEOUT,
                server + " did not answer within " + settings.requestTimeout(),
                "Try again, raise requestTimeout, or ask for a shorter reply",
                cause);
    }

    /** Returns the failure for a reply that cannot be understood. */
    MortiseException ofReply(String why, @Nullable Throwable cause) {
        return failure(
                ModelError.REPLY_INVALID,
                server + " sent a reply that cannot be understood: " + why,
                "Check that baseUrl points at an OpenAI-compatible server, with its version such as /v1",
                cause);
    }

    private MortiseException failure(ModelError error, String message, String remedy) {
        return failure(error, message, remedy, null);
    }

    private MortiseException failure(ModelError error, String message, String remedy, @Nullable Throwable cause) {
        return new MortiseException(error, message, remedy, cause);
    }

    private String quoted(ErrorBody error) {
        return error.message().isEmpty() ? "" : ": " + clean(error.message());
    }

    /** Cuts the text, and takes out control characters and whatever of our secrets it repeats. */
    private String clean(String text) {
        String result = text;
        for (String secret : Stream.concat(settings.key().stream(), settings.headers().values().stream())
                .filter(value -> !value.isBlank())
                .toList()) {
            result = result.replace(secret, "***");
        }
        result = result.replaceAll("\\p{Cntrl}+", " ");
        return result.length() > LONGEST_QUOTE ? result.substring(0, LONGEST_QUOTE) + "…" : result;
    }

    /**
     * What a server says about a failure.
     *
     * @param message for people; empty when there is none
     * @param code for programs; empty when there is none
     */
    private record ErrorBody(String message, String code) {
        static ErrorBody of(JsonMapper json, byte[] body) {
            try {
                JsonNode error = json.readTree(body).path("error");
                // Some servers send the message itself in place of the object.
                return error.isString()
                        ? new ErrorBody(error.stringValue(), "")
                        : new ErrorBody(
                                error.path("message").asString(""),
                                error.path("code").asString(""));
            } catch (JacksonException e) {
                // An error page of a proxy, mostly: the status alone says it.
                return new ErrorBody("", "");
            }
        }
    }
}
