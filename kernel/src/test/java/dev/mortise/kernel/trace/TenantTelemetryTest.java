package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import dev.mortise.kernel.testkit.WorkPlugin;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tenant that chooses where its spans and metrics go. */
@Tag("O1")
class TenantTelemetryTest {
    private static final String SETTINGS = "/api/v1/kernel/tenant/settings/kernel";
    private static final String SECRET = "/api/v1/kernel/plugins/kernel/secrets/otlp";

    private OtlpReceiver receiver;

    @BeforeEach
    void listen() {
        receiver = new OtlpReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static TestKernel kernel(String more) {
        return TestKernel.with("traces: {tenantsChoose: true, metricsEvery: PT1S, " + more + "}");
    }

    private static TestResponse send(TestKernel kernel, String method, String path, String body) {
        return kernel.send(kernel.request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private void choose(TestKernel kernel, String headers) {
        TestResponse chosen = send(
                kernel,
                "PATCH",
                SETTINGS,
                "{\"telemetry\":{\"endpoint\":\"" + receiver.base() + "\",\"headers\":" + headers + "}}");
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
    }

    private void keepSecret(TestKernel kernel, String value) {
        assertThat(send(kernel, "PUT", SECRET, "{\"value\":\"" + value + "\"}").status())
                .isLessThan(300);
    }

    private Metric awaitMetric(TestKernel kernel, String name) {
        WorkPlugin.await(name, () -> {
            kernel.get("/api/v1/kernel/roles");
            return receiver.metrics().stream()
                    .anyMatch(metric -> metric.getName().equals(name));
        });
        return receiver.metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void spansAndMetricsGoToTheReceiverWithTheSecretThatAHeaderNames() {
        try (TestKernel kernel = kernel("tenantsReach: [127.0.0.1]")) {
            keepSecret(kernel, "Bearer of-the-tenant-4711");
            choose(kernel, "{\"Authorization\":\"secret:otlp\"}");

            Metric requests = awaitMetric(kernel, "http.server.request.duration");

            assertThat(requests.getUnit()).isEqualTo("s");
            assertThat(requests.getHistogram().getDataPointsList().toString())
                    .contains("http.route", "/api/v1/kernel/roles", "http.response.status_code");
            Span span = receiver.await(each -> each.getName().equals("GET /api/v1/kernel/roles"));
            assertThat(OtlpReceiver.attribute(span, "mortise.tenant"))
                    .isEqualTo(kernel.asTenant().tenant().toString());
            assertThat(receiver.authorizations()).contains("Bearer of-the-tenant-4711");
            assertThat(kernel.get(SETTINGS).text()).doesNotContain("of-the-tenant-4711");

            keepSecret(kernel, "Bearer of-the-tenant-4712");
            WorkPlugin.await("the new secret is sent", () -> {
                kernel.get("/api/v1/kernel/roles");
                return receiver.authorizations().contains("Bearer of-the-tenant-4712");
            });
        }
    }

    @Test
    void metricsCountWhatIsNotSampledToo() {
        try (TestKernel kernel = kernel("sample: 0, tenantsReach: [127.0.0.1]")) {
            choose(kernel, "{}");

            awaitMetric(kernel, "http.server.request.duration");

            assertThat(receiver.spans()).isEmpty();
        }
    }

    @Test
    void aHeaderInTheClearIsRefused() {
        try (TestKernel kernel = kernel("tenantsReach: [127.0.0.1]")) {
            TestResponse refused = send(
                    kernel,
                    "PATCH",
                    SETTINGS,
                    "{\"telemetry\":{\"endpoint\":\"" + receiver.base()
                            + "\",\"headers\":{\"Authorization\":\"Bearer plain-4711\"}}}");

            assertThat(refused.status()).isBetween(400, 422);
            assertThat(refused.text()).contains("secret:NAME").doesNotContain("plain-4711");
        }
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        try (TestKernel kernel = kernel("tenantsReach: [127.0.0.1]")) {
            for (String address : new String[] {"file:///etc/passwd", "http://user:pass@host/", "collector"}) {
                TestResponse refused =
                        send(kernel, "PATCH", SETTINGS, "{\"telemetry\":{\"endpoint\":\"" + address + "\"}}");
                assertThat(refused.status()).as(address).isBetween(400, 422);
            }
        }
    }

    @Test
    void theServersOwnNetworkIsNotReached() {
        try (TestKernel kernel = kernel("queue: 100")) {
            choose(kernel, "{}");

            WorkPlugin.await("spans are refused", () -> {
                kernel.get("/api/v1/kernel/roles");
                return kernel.get("/metrics")
                        .text()
                        .lines()
                        .anyMatch(line -> line.startsWith("mortise_trace_spans_total")
                                && line.contains("tenant")
                                && line.contains("failed")
                                && !line.endsWith(" 0.0"));
            });

            assertThat(receiver.spans()).isEmpty();
            assertThat(receiver.authorizations()).isEmpty();
        }
    }

    @Test
    void withoutTheOperatorsLeaveThereIsNothingToChoose() {
        try (TestKernel kernel = TestKernel.with("traces: {sample: 1}")) {
            TestResponse refused =
                    send(kernel, "PATCH", SETTINGS, "{\"telemetry\":{\"endpoint\":\"" + receiver.base() + "\"}}");
            kernel.get("/api/v1/kernel/roles");

            assertThat(refused.status()).isEqualTo(404);
            assertThat(kernel.get("/metrics").text()).doesNotContain("mortise_trace_spans_total");
        }
        assertThat(receiver.spans()).isEmpty();
    }
}
