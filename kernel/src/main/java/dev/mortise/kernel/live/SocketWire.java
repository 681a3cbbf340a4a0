package dev.mortise.kernel.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket as the client's thread writes it. */
final class SocketWire implements Wire {
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final int MOST_UNANSWERED = 3;

    private final AtomicInteger unanswered = new AtomicInteger();
    private final Session session;

    SocketWire(Session session) {
        this.session = session;
    }

    void heard() {
        unanswered.set(0);
    }

    @Override
    public CompletableFuture<Void> write(Frame frame) {
        return Callback.Completable.with(callback -> session.sendText(frame.text(), callback));
    }

    /** A ping asks whether the client is there; a text as well, because scripts in a browser do not see pings. */
    @Override
    public CompletableFuture<Void> beat() {
        if (unanswered.incrementAndGet() > MOST_UNANSWERED) {
            return CompletableFuture.failedFuture(new IOException("The client has not answered pings"));
        }
        return Callback.Completable.with(callback -> session.sendPing(ByteBuffer.allocate(0), callback))
                .compose(callback -> session.sendText(Frame.beat().text(), callback));
    }

    @Override
    public void close(Ending ending) {
        try {
            if (session.isOpen()) {
                Callback.Completable.with(callback -> session.close(ending.code(), ending.reason(), callback))
                        .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            session.disconnect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.disconnect();
        }
    }
}
