package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.testkit.PluginJar;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("O1")
class TraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private static OtlpReceiver receiver;
    private static OtlpReceiver ofTenant;
    private static OtlpReceiver ofStranger;
    private static TestKernel kernel;

    @TempDir
    static Path folder;

    @BeforeAll
    static void startKernel() {
        receiver = new OtlpReceiver();
        ofTenant = new OtlpReceiver();
        ofStranger = new OtlpReceiver();
        DatabaseAddress database = TestDatabase.fresh();
        TenantId tenant;
        try (TestKernel first = TestKernel.on(database, "")) {
            tenant = first.asTenant().tenant();
        }
        String configuration = "traces:\n  notTo: ['*.example.org']\n  endpoint: " + receiver.url()
                + "\n  headers: {Authorization: Bearer secret}\n"
                + "  tenants:\n    \"" + tenant + "\": {endpoint: \"" + ofTenant.url() + "\"}\n    \""
                + new UUID(1, 1) + "\": {endpoint: \"" + ofStranger.url() + "\"}\n";
        kernel = TestKernel.on(database, configuration, tracedPlugin());
    }

    private static Path tracedPlugin() {
        return PluginJar.echo("traced", "1.0.0")
                .source("test.traced.Things", """
                        package test.traced;
                        import jakarta.ws.rs.*;
                        import dev.mortise.api.http.*;
                        import dev.mortise.api.trace.*;
                        @org.pf4j.Extension @Path("things")
                        public final class Things implements HttpResource {
                            private final Tracing tracing;
                            public Things(EchoPlugin plugin) { tracing = plugin.context().tracing(); }
                            @GET @RequiresPermission("traced.things.read") @Produces("text/plain")
                            public String get() {
                                return tracing.inSpan("own work", SpanKind.CLIENT, span -> {
                                    span.put("things", 3).event("halfway");
                                    return String.valueOf(tracing.headers(java.net.URI.create("https://api.example.com/v1")))
                                            + tracing.headers(java.net.URI.create("https://private.example.org/v1"));
                                });
                            }
                            @DELETE @RequiresPermission("traced.things.write")
                            public void fail() {
                                tracing.inSpan("broken work", SpanKind.INTERNAL, span -> {
                                    throw new IllegalStateException("a secret word");
                                });
                            }
                        }
                        """)
                .build(folder);
    }

    @AfterAll
    static void stop() {
        kernel.close();
        receiver.close();
        ofTenant.close();
        ofStranger.close();
    }

    private static TestResponse getBelow(String trace, String path) {
        return kernel.send(kernel.request(path)
                .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                .header("tracestate", "vendor=a1, other=b2")
                .build());
    }

    @Test
    void aRequestIsASpanBelowItsCallers() {
        TestResponse answer = getBelow(TRACE, "/api/v1/kernel/roles/none?secret=word");

        Span span = receiver.await(each -> each.getName().equals("GET /api/v1/kernel/roles/{name}"));
        assertThat(OtlpReceiver.traceId(span)).isEqualTo(TRACE);
        assertThat(OtlpReceiver.parentId(span)).isEqualTo(CALLER);
        assertThat(span.getTraceState()).isEqualTo("vendor=a1,other=b2");
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(OtlpReceiver.attribute(span, "http.response.status_code")).isEqualTo("404");
        assertThat(OtlpReceiver.attribute(span, "http.route")).isEqualTo("/api/v1/kernel/roles/{name}");
        assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        assertThat(span.toString()).doesNotContain("secret=word");
        assertThat(answer.headers().firstValue("Trace-Id")).contains(TRACE);
        assertThat(receiver.authorizations()).contains("Bearer secret");
        assertThat(receiver.batches().getFirst().getResource().toString()).contains("service.name", "mortise");
    }

    @Test
    void transactionsAndStatementsStandBelowTheRequestAndHaveNoValues() {
        String trace = "a".repeat(32);
        getBelow(trace, "/api/v1/kernel/roles/a-word-that-was-sent");

        Span statement = receiver.await(each -> OtlpReceiver.traceId(each).equals(trace)
                && OtlpReceiver.attribute(each, "db.query.text").contains("role"));
        Span transaction = receiver.await(each -> each.getSpanId().equals(statement.getParentSpanId()));
        Span request = receiver.await(each -> each.getSpanId().equals(transaction.getParentSpanId()));
        assertThat(statement.getName()).startsWith("RoleMapper.");
        assertThat(OtlpReceiver.attribute(statement, "db.system.name")).isEqualTo("postgresql");
        assertThat(OtlpReceiver.attribute(transaction, "db.namespace")).isEqualTo("mortise");
        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(statement.toString()).doesNotContain("a-word-that-was-sent");
    }

    @Test
    void aPluginAddsSpansOfItsOwnAndHandsTheTraceOn() {
        String trace = "b".repeat(32);
        TestResponse answer = getBelow(trace, "/api/v1/traced/things");

        Span own = receiver.await(each ->
                OtlpReceiver.traceId(each).equals(trace) && each.getName().equals("own work"));
        assertThat(OtlpReceiver.attribute(own, "things")).isEqualTo("3");
        assertThat(OtlpReceiver.attribute(own, "mortise.plugin")).isEqualTo("traced");
        assertThat(own.getEvents(0).getName()).isEqualTo("halfway");
        assertThat(answer.text())
                .contains("traceparent=00-" + trace + "-" + OtlpReceiver.spanId(own) + "-01")
                .contains("tracestate=vendor=a1,other=b2");
    }

    @Test
    void aHostThatIsToldNothingGetsNoHeaders() {
        TestResponse answer = getBelow("d".repeat(32), "/api/v1/traced/things");

        // The plugin asks for the headers to one host and to another one, which is on the operator's list.
        assertThat(answer.text()).startsWith("{traceparent=").endsWith("}{}");
    }

    @Test
    void aFailureIsMarkedByItsKindAndNotByItsText() {
        kernel.send(kernel.request("/api/v1/traced/things").DELETE().build());

        Span broken = receiver.await(each -> each.getName().equals("broken work"));
        assertThat(broken.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(broken.toString()).contains("IllegalStateException").doesNotContain("a secret word");
        Span request = receiver.await(each -> each.getName().equals("DELETE /api/v1/traced/things"));
        assertThat(request.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    }

    @Test
    void aCallOfAnExtensionIsASpanWithItsPluginUnderTheTraceOfTheCall() {
        var context = kernel.asTenant();
        kernel.call(dev.mortise.api.workflow.NodeType.class, "traced.echo", dev.mortise.api.workflow.NodeType::name);

        Span call = receiver.await(each -> each.getName().equals("NodeType traced.echo"));
        assertThat(OtlpReceiver.attribute(call, "mortise.plugin")).isEqualTo("traced");
        assertThat(OtlpReceiver.attribute(call, "mortise.tenant"))
                .isEqualTo(context.tenant().toString());
        assertThat(OtlpReceiver.traceId(call)).hasSize(32);
    }

    @Test
    void aTenantsReceiverGetsTheSpansOfThatTenantAlone() {
        String trace = "c".repeat(32);
        getBelow(trace, "/api/v1/kernel/roles");

        Span span = ofTenant.await(each -> OtlpReceiver.traceId(each).equals(trace));
        String tenant = kernel.asTenant().tenant().toString();
        assertThat(OtlpReceiver.attribute(span, "mortise.tenant")).isEqualTo(tenant);
        assertThat(ofTenant.spans())
                .allMatch(each -> OtlpReceiver.attribute(each, "mortise.tenant").equals(tenant));
        assertThat(ofTenant.authorizations()).as("the operator's headers").doesNotContain("Bearer secret");
        assertThat(ofStranger.spans()).isEmpty();
    }
}
