package dev.mortise.kernel.live;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.WorkPlugin;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of live topics in kernel/README.md: {@code ./mvnw -pl kernel -am package -DskipITs -Dtest=LiveFigures
 * -Dsurefire.failIfNoSpecifiedTests=false} writes {@code kernel/target/live-figures.txt}. Not a test: it asserts
 * nothing, and its name keeps it out of the usual run. A message is timed from before the call that publishes it, its
 * transaction included, to where the client's WebSocket has read it; server, clients and PostgreSQL (which does not
 * sync to the disk) share the machine.
 */
class LiveFigures {
    private static final int SOCKETS = 50;
    private static final int MESSAGES = 5_000;
    private static final int WARM_UP = 500;
    private static final long EVERY_NANOS = 5_000_000;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void figures() throws Exception {
        DatabaseAddress database = TestDatabase.fresh();
        try (TestKernel one = TestKernel.node("one", database, folder.resolve("one"), "");
                TestKernel two = TestKernel.node("two", database, folder.resolve("two"), "")) {
            one.plugins().install(WorkPlugin.jar("1.0.0", folder));
            WorkPlugin.await(
                    "the plugin on both nodes", () -> !two.plugins().list().isEmpty());
            measure("the publisher's node", one, one, "work.screen/near");
            measure("the other node", one, two, "work.screen/far");
        }
        Files.write(Path.of("target/live-figures.txt"), lines);
    }

    private void measure(String where, TestKernel publisher, TestKernel watched, String topic) throws Exception {
        long[] sent = new long[WARM_UP + MESSAGES];
        long[] nanos = new long[MESSAGES * SOCKETS];
        AtomicInteger told = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(SOCKETS * (WARM_UP + MESSAGES));
        CountDownLatch watching = new CountDownLatch(SOCKETS);
        var sockets = ConcurrentHashMap.<WebSocket>newKeySet();
        double loadBefore = load();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < SOCKETS; i++) {
                sockets.add(connect(http, watched, topic, watching, (number, at) -> {
                    if (number >= WARM_UP) {
                        nanos[told.getAndIncrement()] = at - sent[number];
                    }
                    left.countDown();
                }));
            }
            watching.await(30, TimeUnit.SECONDS);
            long began = System.nanoTime();
            for (int i = 0; i < sent.length; i++) {
                LockSupport.parkNanos(began + i * EVERY_NANOS - System.nanoTime());
                sent[i] = System.nanoTime();
                WorkPlugin.show(publisher, "{\"topic\":\"" + topic + "\",\"n\":" + i + ",\"z\":0}");
            }
            boolean all = left.await(60, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - began) / 1e9;
            sockets.forEach(WebSocket::abort);
            add(where, nanos, told.get(), all, sent.length / seconds, loadBefore);
        }
    }

    private interface Told {
        void message(int number, long at);
    }

    private static WebSocket connect(
            HttpClient http, TestKernel kernel, String topic, CountDownLatch watching, Told told) {
        URI url = URI.create(kernel.url().toString().replaceFirst("http", "ws") + "/api/v1/live");
        WebSocket socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + kernel.adminKey())
                .buildAsync(url, new Listener(watching, told))
                .join();
        socket.sendText("{\"type\":\"subscribe\",\"topic\":\"" + topic + "\"}", true)
                .join();
        return socket;
    }

    /** Looks for the number in the text: to read JSON fifty times a message would be measured along. */
    private static final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CountDownLatch watching;
        private final Told told;

        Listener(CountDownLatch watching, Told told) {
            this.watching = watching;
            this.told = told;
        }

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(Long.MAX_VALUE);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                long at = System.nanoTime();
                String frame = text.toString();
                text.setLength(0);
                int number = frame.indexOf("\"n\":");
                if (number > 0) {
                    String digits = frame.substring(number + 4, frame.indexOf(',', number));
                    told.message(Integer.parseInt(digits.strip()), at);
                } else if (frame.contains("subscribed")) {
                    watching.countDown();
                }
            }
            return null;
        }
    }

    private void add(String where, long[] nanos, int told, boolean all, double rate, double loadBefore) {
        long[] sorted = Arrays.copyOf(nanos, told);
        Arrays.sort(sorted);
        lines.add(String.format(
                Locale.ROOT,
                "publish to socket, %d sockets at %s, %d messages, %.0f/s: p50 %.1f ms, p99 %.1f ms, most %.1f ms;"
                        + " %d of %d told%s; load %.1f before, %.1f after",
                SOCKETS,
                where,
                MESSAGES,
                rate,
                sorted[told / 2] / 1e6,
                sorted[(int) (told * 99L / 100)] / 1e6,
                sorted[told - 1] / 1e6,
                told,
                nanos.length,
                all ? "" : " (some did not come within a minute)",
                loadBefore,
                load()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
