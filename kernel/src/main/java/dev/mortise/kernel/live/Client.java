package dev.mortise.kernel.live;

import dev.mortise.api.call.CallContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connected client: what it watches, what waits to be written to it, and the thread that writes. Who tells it
 * something never waits for it: whose queue is full is ended.
 */
final class Client {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(20);
    private static final int MOST_CHARACTERS = 4 << 20;

    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Queue<Frame> waiting = new ArrayDeque<>();
    private final Wire wire;
    private final Request credentials;
    private final LiveOptions options;
    private int characters;
    private volatile CallContext context;

    /** @param credentials what the client presented, to be asked about again */
    Client(Wire wire, CallContext context, Request credentials, LiveOptions options) {
        this.wire = wire;
        this.context = context;
        this.credentials = credentials;
        this.options = options;
    }

    Map<String, Watch> watches() {
        return watches;
    }

    Request credentials() {
        return credentials;
    }

    CallContext context() {
        return context;
    }

    void renew(CallContext next) {
        context = next;
    }

    /** Begins to write; {@code whenOver} runs once, after the connection has ended. */
    void start(Runnable whenOver) {
        Thread.ofVirtual().name("live " + context.principal().id()).start(() -> {
            try {
                wire.close(write());
            } finally {
                whenOver.run();
            }
        });
    }

    void tell(Frame frame) {
        synchronized (waiting) {
            if (ending.isDone()) {
                return;
            }
            if (waiting.size() < options.queue() && characters < MOST_CHARACTERS) {
                waiting.add(frame);
                characters += frame.text().length();
                waiting.notifyAll();
                return;
            }
        }
        end(Ending.SLOW);
    }

    void end(Ending why) {
        if (ending.complete(why)) {
            LOG.debug("The live connection of {} ends: {}", context.principal().id(), why.reason());
        }
        synchronized (waiting) {
            waiting.clear();
            waiting.notifyAll();
        }
    }

    private Ending write() {
        try {
            while (!ending.isDone()) {
                Frame frame = next();
                if (!ending.isDone()) {
                    await(frame == null ? wire.beat() : wire.write(frame));
                }
            }
        } catch (TimeoutException e) {
            end(Ending.SLOW);
        } catch (ExecutionException e) {
            LOG.debug("The live connection of {} broke", context.principal().id(), e);
            end(Ending.GONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Ending.STOPPING);
        }
        return ending.join();
    }

    /** Waits for the write, or for the end of the connection: a client that takes nothing must not hold it up. */
    private void await(CompletableFuture<Void> write)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.anyOf(write, ending).get(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns what is to be written next, or null when nothing was for as long as a beat. */
    private @Nullable Frame next() throws InterruptedException {
        long deadline = System.nanoTime() + options.beat().toNanos();
        synchronized (waiting) {
            while (waiting.isEmpty() && !ending.isDone()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    return null;
                }
                waiting.wait(millis);
            }
            Frame frame = waiting.poll();
            characters -= frame == null ? 0 : frame.text().length();
            return frame;
        }
    }
}
