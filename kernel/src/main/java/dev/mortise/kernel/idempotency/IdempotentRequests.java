package dev.mortise.kernel.idempotency;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.CallScope;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Exchange;
import dev.mortise.kernel.http.Passage;
import dev.mortise.kernel.store.SchemaSessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does a request with an {@code Idempotency-Key} once, however often it comes, and repeats its answer. */
public final class IdempotentRequests implements Passage {
    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Set<String> METHODS = Set.of("POST", "PATCH");
    private static final int LARGEST_BODY = 1 << 20;

    private final Attempts attempts;
    private final Predicate<Exchange> keepsKeysItself;

    /**
     * @param kernel the kernel's schema
     * @param keepsKeysItself tells which operations recognise repeated requests by themselves
     */
    public IdempotentRequests(SchemaSessions kernel, Predicate<Exchange> keepsKeysItself) {
        this.attempts = new Attempts(kernel);
        this.keepsKeysItself = keepsKeysItself;
    }

    @Override
    public void pass(Exchange exchange, Consumer<? super Exchange> onward) {
        String header = exchange.request().getHeaders().get(HEADER);
        if (header == null
                || exchange.plugin() == null
                || CallContext.current().principal().kind() == Principal.Kind.ANONYMOUS
                || !METHODS.contains(exchange.request().getMethod())
                || keepsKeysItself.test(exchange)) {
            onward.accept(exchange);
            return;
        }
        RequestId id = new RequestId(CallContext.current().principal().id(), RequestKey.parse(header));
        byte[] body = body(exchange.request());
        Attempts.Begun begun = attempts.begin(id, fingerprint(exchange.request(), body));
        begun.answer().ifPresent(answer -> replay(exchange, answer));
        begun.attempt().ifPresent(attempt -> attempt(exchange, body, attempt, onward));
    }

    private static byte[] body(Request request) {
        if (request.getLength() > LARGEST_BODY) {
            throw tooLarge();
        }
        try {
            byte[] body = Content.Source.asInputStream(request).readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.REQUEST_INVALID, "The request's body broke off", "Send the request again", e);
        }
    }

    private static MortiseException tooLarge() {
        return new MortiseException(
                KernelError.IDEMPOTENCY_UNSUPPORTED,
                "An Idempotency-Key is not taken with a body of more than " + LARGEST_BODY + " bytes",
                "Leave the header out, and look whether a broken request took effect before repeating it");
    }

    private static byte[] fingerprint(Request request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
            String line = request.getMethod() + "\n" + request.getHttpURI().getPathQuery() + "\n"
                    + (type == null ? "" : type) + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void replay(Exchange exchange, KeptAnswer answer) {
        exchange.response().setStatus(answer.status());
        JsonNode headers = JsonMapper.shared().readTree(answer.headers());
        headers.properties()
                .forEach(header -> exchange.response()
                        .getHeaders()
                        .put(header.getKey(), header.getValue().asString()));
        exchange.response().getHeaders().put(REPLAYED, "true");
        exchange.response().write(true, ByteBuffer.wrap(answer.body()), exchange.callback());
    }

    private static void attempt(Exchange exchange, byte[] body, Attempt attempt, Consumer<? super Exchange> onward) {
        KeptResponse response = new KeptResponse(exchange.request(), exchange.response(), attempt);
        Callback settled = new Callback.Nested(exchange.callback()) {
            @Override
            public void succeeded() {
                // An answer without a body is never written, only completed.
                response.settle();
                super.succeeded();
            }
        };
        Exchange kept = new Exchange(
                new BufferedRequest(exchange.request(), body), response, settled, exchange.plugin(), exchange.path());
        try (attempt) {
            attempt.keepLeased();
            CallScope.guarded(attempt, () -> onward.accept(kept));
        } catch (RuntimeException refused) {
            attempt.giveUp(null);
            throw refused;
        }
    }
}
