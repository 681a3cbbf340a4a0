package dev.mortise.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that order jobs and events of the plugin {@code work}, each again and again until it is accepted, under an
 * idempotency key, as clients do that must lose nothing and order nothing twice. A refusal has to say what is wrong and
 * what to do; what does not is remembered as a fault.
 */
final class OrderingClients implements AutoCloseable {
    private static final Duration BETWEEN_ORDERS = Duration.ofMillis(20);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    /** Longer than a request may hang in a network that swallows everything. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final List<ServerUnderTest> servers;
    private final String filler;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong longestMillis = new AtomicLong();
    private volatile boolean stopped;

    /** @param filler what every order carries along */
    OrderingClients(List<ServerUnderTest> servers, int clients, String filler) {
        this.servers = servers;
        this.filler = filler;
        for (int i = 0; i < clients; i++) {
            ServerUnderTest server = servers.get(i % servers.size());
            threads.add(Thread.ofVirtual().start(() -> order(server)));
        }
    }

    /** Returns the names of what was accepted, {@code job-…} and {@code event-…}. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** Returns how often each refusal came, by status and code. */
    Map<String, Integer> refusals() {
        Map<String, Integer> counts = new TreeMap<>();
        refusals.forEach((refusal, count) -> counts.put(refusal, count.get()));
        return counts;
    }

    /** Returns how long the slowest answer took. */
    Duration longest() {
        return Duration.ofMillis(longestMillis.get());
    }

    /** Waits until so many more orders were accepted than at the moment. */
    void awaitMore(int more, Duration limit) {
        int target = accepted.size() + more;
        Wait.until(
                more + " more orders are accepted",
                limit,
                () -> accepted.size() >= target,
                () -> refusals() + "\n" + servers.getFirst().log());
    }

    private void order(ServerUnderTest server) {
        while (!stopped) {
            int number = numbers.incrementAndGet();
            String name = (number % 2 == 0 ? "job-" : "event-") + number;
            while (!isAccepted(server, name)) {
                Wait.pause(BETWEEN_TRIES);
            }
            accepted.add(name);
            Wait.pause(BETWEEN_ORDERS);
        }
    }

    private boolean isAccepted(ServerUnderTest server, String name) {
        String what = name.startsWith("job") ? "\"op\":\"schedule\"" : "\"op\":\"publish\",\"name\":\"work.news.x\"";
        long began = System.nanoTime();
        try {
            HttpResponse<String> response = server.send(server.request("/api/v1/work/orders")
                    .timeout(ANSWER)
                    .header("Idempotency-Key", name)
                    .POST(HttpRequest.BodyPublishers.ofString("{" + what + ",\"what\":\"" + name
                            + "\",\"mode\":\"sleep\",\"millis\":20,\"filler\":\"" + filler + "\"}"))
                    .build());
            return response.statusCode() == 200 || !isRefused(response);
        } catch (IOException noAnswer) {
            count(noAnswer.getClass().getSimpleName());
            return false;
        } finally {
            longestMillis.accumulateAndGet(
                    Duration.ofNanos(System.nanoTime() - began).toMillis(), Math::max);
        }
    }

    /** Returns whether to try again; what took effect and has no answer any more is as good as accepted. */
    private boolean isRefused(HttpResponse<String> response) {
        JsonNode problem = JsonMapper.shared().createObjectNode();
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("application/problem+json")) {
            problem = JsonMapper.shared().readTree(response.body());
        }
        String code = problem.path("code").asString("no problem document");
        count(response.statusCode() + " " + code);
        boolean isClear = !problem.path("remedy").asString("").isBlank();
        boolean isExpected = response.statusCode() == 503
                ? response.headers().firstValue("Retry-After").isPresent()
                : response.statusCode() == 409 && code.startsWith("kernel.idempotency");
        if (!isClear || !isExpected) {
            faults.add(response.statusCode() + " " + response.body());
        }
        return !code.equals("kernel.idempotency-answer-lost");
    }

    private void count(String refusal) {
        refusals.computeIfAbsent(refusal, _ -> new AtomicInteger()).incrementAndGet();
    }

    /** Begins no more orders, has those accepted that were begun, and fails where a refusal was not clear. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                assertThat(thread.join(ANSWER))
                        .as("orders are accepted in the end")
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        assertThat(faults).as("refusals that are not clear").isEmpty();
    }
}
