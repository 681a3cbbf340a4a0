package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.trace.TraceOptions.Destination;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("O1")
class TraceRoomTest {
    private static final CallContext RUN = new CallContext(
            new TenantId(new UUID(1, 2)),
            new Principal("automatrix", Principal.Kind.SYSTEM, Set.of("*")),
            "0af7651916cd43dd8448eb211c80319c");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private TraceRoom room(String endpoint, double sample, int queue) {
        Destination destination = new Destination(URI.create(endpoint), Map.of());
        return TraceRoom.open(
                new TraceOptions(Optional.of(destination), TraceOptions.Tenants.none(), sample, queue, Set.of()),
                Map.of(),
                meters);
    }

    @Test
    void workAfterARestartIsOfTheSameTrace() {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            for (String life : new String[] {"before", "after"}) {
                try (TraceRoom room = room(receiver.url(), 1, 100)) {
                    RUN.run(() -> room.<String>inSpan(life, SpanKind.INTERNAL, _ -> ""));
                }
            }

            Span before = receiver.await(span -> span.getName().equals("before"));
            Span after = receiver.await(span -> span.getName().equals("after"));
            assertThat(OtlpReceiver.traceId(before)).isEqualTo(RUN.traceId());
            assertThat(OtlpReceiver.traceId(after)).isEqualTo(RUN.traceId());
        }
    }

    @Test
    void aStoppingServerSendsWhatWaits() {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            try (TraceRoom room = room(receiver.url(), 1, 100)) {
                RUN.run(() -> room.<String>inSpan("last", SpanKind.INTERNAL, _ -> ""));
            }

            assertThat(receiver.spans()).extracting(Span::getName).containsExactly("last");
            assertThat(count("sent")).isEqualTo(1);
        }
    }

    @Test
    void whereNobodyListensSpansAreDroppedAndCountedAndNobodyWaits() {
        long began = System.nanoTime();
        try (TraceRoom room = room("http://127.0.0.1:1/v1/traces", 1, 10)) {
            for (int i = 0; i < 2_000; i++) {
                RUN.run(() -> room.<String>inSpan("lost", SpanKind.INTERNAL, _ -> ""));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }

        assertThat(count("dropped")).isPositive();
        assertThat(count("dropped") + count("failed")).isLessThanOrEqualTo(2_000);
        assertThat(count("sent")).isZero();
    }

    @Test
    void aTenantsReceiverThatHangsCostsNeitherACallerNorTheOperator() throws IOException {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                OtlpReceiver receiver = new OtlpReceiver()) {
            Destination ofTenant =
                    new Destination(URI.create("http://127.0.0.1:" + hanging.getLocalPort() + "/v1/traces"), Map.of());
            TraceOptions options = new TraceOptions(
                    Optional.of(new Destination(URI.create(receiver.url()), Map.of())),
                    new TraceOptions.Tenants(Map.of(RUN.tenant(), ofTenant), false, Set.of(), Duration.ofSeconds(1)),
                    1,
                    3_000,
                    Set.of());
            long began = System.nanoTime();
            try (TraceRoom room = TraceRoom.open(options, Map.of(), meters)) {
                for (int i = 0; i < 2_500; i++) {
                    RUN.run(() -> room.<String>inSpan("work", SpanKind.INTERNAL, _ -> ""));
                }
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));

            assertThat(receiver.spans()).hasSize(2_500);
            assertThat(count("sent")).as("the operator's alone").isEqualTo(2_500);
            assertThat(count("dropped")).as("the tenant's that waited").isPositive();
        }
    }

    @Test
    void aTraceThatIsNotSampledIsNotSent() {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            try (TraceRoom room = room(receiver.url(), 0, 10)) {
                RUN.run(() -> room.<String>inSpan("unseen", SpanKind.INTERNAL, _ -> ""));
            }

            assertThat(receiver.spans()).isEmpty();
        }
    }

    @Test
    void withoutADestinationNothingIsOpened() {
        TraceRoom off = TraceRoom.off();

        String open = RUN.call(() -> off.<String>inSpan(
                "nothing",
                SpanKind.INTERNAL,
                _ -> ActiveSpan.current().map(ActiveSpan::id).orElse("none")));

        assertThat(open).isEqualTo("none");
        assertThat(off.source()).isNull();
    }

    private double count(String outcome) {
        return meters.find("mortise.trace.spans").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
