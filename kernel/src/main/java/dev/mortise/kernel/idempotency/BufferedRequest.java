package dev.mortise.kernel.idempotency;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body was read already, and is read again from memory. */
final class BufferedRequest extends Request.Wrapper {
    private final Content.Source body;

    BufferedRequest(Request wrapped, byte[] body) {
        super(wrapped);
        this.body = Content.Source.from(ByteBuffer.wrap(body));
    }

    @Override
    public Content.Chunk read() {
        return body.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
        body.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        body.fail(failure);
    }
}
