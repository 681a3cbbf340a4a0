package dev.mortise.sandbox.grant;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.FetchGrant;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code fetch(url, {method, headers, body})}: one request to a host of the grant. Answers {@code {status, url,
 * headers, text}}. A redirection is followed where it leads to a host of the grant again.
 */
final class FetchFunction {
    private static final String NAME = "fetch";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    /** What belongs to the connection and not to the request (RFC 9110, section 7.6.1), or would name another host. */
    private static final Set<String> OUR_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization");

    private static final int MOST_HEADERS = 50;
    private static final int MOST_REDIRECTIONS = 5;

    private final Outbound outbound;
    private final JsonMapper json;
    private final FetchGrant grant;

    FetchFunction(Outbound outbound, JsonMapper json, FetchGrant grant) {
        this.outbound = outbound;
        this.json = json;
        this.grant = grant;
    }

    String name() {
        return NAME;
    }

    String fetch(String text) {
        Arguments arguments = Arguments.parse(NAME, text, json);
        JsonNode options = arguments.optional(1);
        URI address = address(arguments.text(0, "the address"));
        String method = options.path("method").asString("GET").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw Arguments.wrong(
                    NAME,
                    "the method must be one of " + METHODS.stream().sorted().toList());
        }
        long until = System.nanoTime() + grant.mostTime().toNanos();
        for (int i = 0; i <= MOST_REDIRECTIONS; i++) {
            checkGranted(address);
            Outbound.Answer answer = send(request(method, address, options), until);
            URI next = answer.redirection(address);
            if (next == null) {
                return written(address, answer);
            }
            // As browsers do: what changed something is not sent again elsewhere (RFC 9110, section 15.4).
            method = answer.keepsMethod() || method.equals("HEAD") ? method : "GET";
            address = next;
        }
        throw new MortiseException(
                GrantError.UNREACHABLE,
                "The server redirects more than " + MOST_REDIRECTIONS + " times",
                "Ask elsewhere");
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean isHttp =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (!isHttp || address.getHost() == null || address.getRawUserInfo() != null) {
                throw Arguments.wrong(NAME, "the address must look like https://host/path, without user and password");
            }
            return address;
        } catch (URISyntaxException e) {
            throw Arguments.wrong(NAME, "the address cannot be read at character " + (e.getIndex() + 1));
        }
    }

    private void checkGranted(URI address) {
        if (!HostRule.matches(grant.hosts(), address)) {
            throw new MortiseException(
                    GrantError.DENIED,
                    "The host " + address.getHost() + " is not granted to this script",
                    "Ask one of the hosts that are granted");
        }
    }

    private static HttpUriRequestBase request(String method, URI address, JsonNode options) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, address);
        JsonNode headers = options.path("headers");
        if (headers.size() > MOST_HEADERS) {
            throw Arguments.wrong(NAME, "more than " + MOST_HEADERS + " headers");
        }
        headers.propertyStream().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (OUR_HEADERS.contains(name) || !name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
                throw Arguments.wrong(NAME, "the header \"" + header.getKey() + "\" cannot be set");
            }
            String value = header.getValue().asString("");
            if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
                throw Arguments.wrong(NAME, "the header \"" + header.getKey() + "\" has a control character");
            }
            request.addHeader(header.getKey(), value);
        });
        JsonNode body = options.path("body");
        if (body.isString() && !method.equals("GET") && !method.equals("HEAD")) {
            String type = headers.path("content-type")
                    .asString(headers.path("Content-Type").asString("text/plain;charset=UTF-8"));
            request.removeHeaders("Content-Type");
            request.setEntity(new StringEntity(body.asString(), ContentType.parseLenient(type)));
        }
        return request;
    }

    private Outbound.Answer send(HttpUriRequestBase request, long until) {
        try {
            return outbound.send(request, grant.mostBytes(), until);
        } catch (Outbound.TooLargeException _) {
            throw new MortiseException(
                    GrantError.TOO_LARGE,
                    "The answer is larger than the " + grant.mostBytes() + " bytes that are granted",
                    "Ask for less");
        } catch (Outbound.ForbiddenAddressException e) {
            throw new MortiseException(
                    GrantError.DENIED, String.valueOf(e.getMessage()), "Ask a host with a public address");
        } catch (InterruptedIOException _) {
            throw new MortiseException(
                    GrantError.TOO_SLOW, "The server did not answer within " + grant.mostTime(), "Try again later");
        } catch (IOException e) {
            // The message may name addresses of the server's network.
            throw new MortiseException(
                    GrantError.UNREACHABLE,
                    "The server could not be asked (" + e.getClass().getSimpleName() + ")",
                    "Check the address",
                    e);
        }
    }

    private String written(URI address, Outbound.Answer answer) {
        var headers = json.createObjectNode();
        answer.headers().forEach(headers::put);
        return json.writeValueAsString(json.createObjectNode()
                .put("status", answer.status())
                .put("url", address.toString())
                .put("text", answer.text())
                .set("headers", headers));
    }
}
