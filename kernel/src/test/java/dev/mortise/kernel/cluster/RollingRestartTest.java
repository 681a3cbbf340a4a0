package dev.mortise.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes behind a balancer that never retries and looks at readiness alone. */
@Tag("D2")
class RollingRestartTest {
    private static final int CLIENTS = 4;

    private final DatabaseAddress database = TestDatabase.fresh();

    @TempDir
    Path folder;

    @Test
    void noRequestFailsWhileNodesAreRestartedOneByOne() throws InterruptedException {
        TestKernel one = node("one");
        TestKernel two = node("two");
        one.plugins().install(PluginJar.echo("echo", "1.0.0").build(folder));
        try (Balancer balancer = new Balancer(List.of(one.url(), two.url()), one.adminKey())) {
            balancer.run();
            for (int round = 0; round < 2; round++) {
                one.close();
                one = node("one");
                balancer.replace(0, one.url());
                two.close();
                two = node("two");
                balancer.replace(1, two.url());
            }
            balancer.stop();
            assertThat(balancer.failures).isEmpty();
            assertThat(balancer.served.get()).isGreaterThan(100);
        } finally {
            one.close();
            two.close();
        }
    }

    private TestKernel node(String name) {
        return TestKernel.node(name, database, folder.resolve(name), "", Duration.ofMillis(700));
    }

    /** Sends each request once, to one of the nodes that were ready when it last looked. */
    private static final class Balancer implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final CopyOnWriteArrayList<URI> nodes;
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger served = new AtomicInteger();
        private final CopyOnWriteArrayList<Thread> threads = new CopyOnWriteArrayList<>();
        private final String key;
        private volatile List<URI> ready = List.of();
        private volatile boolean stopped;

        Balancer(List<URI> nodes, String key) {
            this.nodes = new CopyOnWriteArrayList<>(nodes);
            this.key = key;
        }

        void run() {
            look();
            threads.add(Thread.ofVirtual().start(() -> {
                while (!stopped) {
                    look();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }));
            for (int i = 0; i < CLIENTS; i++) {
                threads.add(Thread.ofVirtual().start(this::send));
            }
        }

        /** Waits until the new node takes part, as an operator does before going on to the next. */
        void replace(int index, URI node) {
            nodes.set(index, node);
            Eventually.holds("the balancer sees " + node, () -> ready.contains(node));
        }

        private void look() {
            ready = nodes.stream()
                    .filter(node -> status(node, "/health/ready") == 200)
                    .toList();
        }

        private void send() {
            for (int i = 0; !stopped; i++) {
                List<URI> now = ready;
                if (now.isEmpty()) {
                    failures.add("no node was ready");
                    return;
                }
                int status = status(now.get(i % now.size()), "/api/v1/kernel/nodes");
                if (status == 200) {
                    served.incrementAndGet();
                } else {
                    failures.add("status " + status);
                }
            }
        }

        /** Returns the status, or 0 when there was no answer. */
        private int status(URI node, String path) {
            HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + key)
                    .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException e) {
                return 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }

        void stop() throws InterruptedException {
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }

        @Override
        public void close() {
            stopped = true;
            http.close();
        }
    }
}
