package dev.mortise.kernel.live;

import dev.mortise.kernel.http.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.Callback;

/**
 * An event stream as the client's thread writes it. An event's id is where the client stands in each topic, in the
 * order in which it named them, parted by dots.
 */
final class StreamWire implements Wire {
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Exchange exchange;
    private final List<String> topics;
    private final long[] reached;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    StreamWire(Exchange exchange, List<String> topics) {
        this.exchange = exchange;
        this.topics = topics;
        this.reached = new long[topics.size()];
    }

    @Override
    public CompletableFuture<Void> write(Frame frame) {
        if (frame.topic() != null) {
            reached[topics.indexOf(frame.topic())] = frame.sequence();
        }
        String id = Arrays.stream(reached).mapToObj(Long::toString).collect(Collectors.joining("."));
        return send("id: " + id + "\ndata: " + frame.text() + "\n\n");
    }

    @Override
    public CompletableFuture<Void> beat() {
        return send(": beat\n\n");
    }

    private CompletableFuture<Void> send(String text) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        last = written;
        exchange.response()
                .write(
                        false,
                        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                        Callback.from(() -> written.complete(null), written::completeExceptionally));
        return written;
    }

    @Override
    public void close(Ending ending) {
        try {
            last.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            send("event: end\ndata: {\"reason\":\"" + ending.reason() + "\"}\n\n")
                    .get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            exchange.callback().succeeded();
        } catch (ExecutionException | TimeoutException e) {
            exchange.callback().failed(new IOException("The event stream has ended: " + ending.reason(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.callback().failed(e);
        }
    }
}
