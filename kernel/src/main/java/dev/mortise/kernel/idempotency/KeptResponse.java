package dev.mortise.kernel.idempotency;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds an answer back until it is whole and kept, so that whoever has the answer can repeat the request at once. An
 * answer that is larger than is kept, streams, or may not be stored, goes through, and that it did is kept instead.
 */
final class KeptResponse extends Response.Wrapper {
    static final int LARGEST_ANSWER = 1 << 20;

    private static final List<HttpHeader> KEPT =
            List.of(HttpHeader.CONTENT_TYPE, HttpHeader.LOCATION, HttpHeader.ETAG, HttpHeader.LINK);

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Attempt attempt;
    private boolean isSettled;

    KeptResponse(Request request, Response wrapped, Attempt attempt) {
        super(request, wrapped);
        this.attempt = attempt;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        if (isSettled) {
            super.write(last, content, callback);
            return;
        }
        // A closing write may come without content.
        byte[] more = BufferUtil.hasContent(content) ? BufferUtil.toArray(content) : new byte[0];
        BufferUtil.clear(content);
        body.writeBytes(more);
        if (last) {
            settle();
            super.write(true, ByteBuffer.wrap(body.toByteArray()), callback);
        } else if (body.size() > LARGEST_ANSWER || !mayBeKept()) {
            settleUnkept();
            super.write(false, ByteBuffer.wrap(body.toByteArray()), callback);
        } else {
            callback.succeeded();
        }
    }

    /** Keeps the answer as it is now, unless that was done. */
    void settle() {
        if (isSettled) {
            return;
        }
        isSettled = true;
        @Nullable KeptAnswer answer = mayBeKept() && body.size() <= LARGEST_ANSWER ? answer() : null;
        if (getStatus() < 400) {
            attempt.keep(answer);
        } else {
            attempt.giveUp(answer);
        }
    }

    private void settleUnkept() {
        isSettled = true;
        attempt.keep(null);
    }

    /** Cookies and what its author marks {@code no-store} (RFC 9111, section 5.2.2.5) hold secrets. */
    private boolean mayBeKept() {
        String type = getHeaders().get(HttpHeader.CONTENT_TYPE);
        String cache = getHeaders().get(HttpHeader.CACHE_CONTROL);
        return !getHeaders().contains(HttpHeader.SET_COOKIE)
                && (cache == null || !cache.contains("no-store"))
                && (type == null || !type.startsWith("text/event-stream"));
    }

    private KeptAnswer answer() {
        ObjectNode headers = JsonMapper.shared().createObjectNode();
        for (HttpHeader name : KEPT) {
            HttpField field = getHeaders().getField(name);
            if (field != null) {
                headers.put(name.asString(), field.getValue());
            }
        }
        return new KeptAnswer(getStatus(), headers.toString(), body.toByteArray());
    }
}
