package dev.mortise.dist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends each request once, to one of the servers that were ready when it last looked; never again when it fails. */
final class Balancer implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<ServerUnderTest> servers;
    private final String path;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile List<ServerUnderTest> ready = List.of();
    private volatile boolean stopped;

    /** Begins to send requests for a path, from several clients at once. */
    Balancer(List<ServerUnderTest> servers, String path, int clients) {
        this.servers = servers;
        this.path = path;
        look();
        threads.add(Thread.ofVirtual().start(this::watch));
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofVirtual().start(this::send));
        }
    }

    /** Waits until a server takes part, as an operator does before going on to the next. */
    void awaitReady(ServerUnderTest server) {
        Wait.until("the balancer sees the server", LIMIT, () -> ready.contains(server), server::log);
    }

    /** Returns what failed, each with its status; 0 where there was no answer. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    int served() {
        return served.get();
    }

    private void watch() {
        while (!stopped) {
            look();
            Wait.pause(BETWEEN_LOOKS);
        }
    }

    private void look() {
        ready = servers.stream()
                .filter(server -> server.status("/health/ready") == 200)
                .toList();
    }

    private void send() {
        for (int i = 0; !stopped; i++) {
            List<ServerUnderTest> now = ready;
            if (now.isEmpty()) {
                failures.add("no server was ready");
            } else {
                int status = now.get(i % now.size()).status(path);
                if (status == 200) {
                    served.incrementAndGet();
                } else {
                    failures.add("status " + status);
                }
            }
            Wait.pause(BETWEEN_REQUESTS);
        }
    }

    /** Sends no more, and waits for the answers that are still to come. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
