package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.store.DatabaseAddress;
import dev.mortise.kernel.testkit.OtlpReceiver;
import dev.mortise.kernel.testkit.TestDatabase;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.WorkPlugin;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left for later stands below the span in which it was left, wherever it is done. */
@Tag("O1")
class WorkTraceTest {
    @TempDir
    Path folder;

    private OtlpReceiver receiver;
    private DatabaseAddress database;

    @BeforeEach
    void listen() {
        receiver = new OtlpReceiver();
        database = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private TestKernel node() {
        return TestKernel.on(database, "traces: {endpoint: \"" + receiver.url() + "\"}");
    }

    private Span await(String name) {
        return receiver.await(span -> span.getName().equals(name));
    }

    private static void assertBelow(Span above, Span below) {
        assertThat(OtlpReceiver.traceId(below)).isEqualTo(OtlpReceiver.traceId(above));
        assertThat(OtlpReceiver.parentId(below)).isEqualTo(OtlpReceiver.spanId(above));
    }

    @Test
    void aJobStandsBelowWhoScheduledItThoughAnotherNodeRunsItAfterThat() {
        try (TestKernel first = node()) {
            first.plugins().install(WorkPlugin.jar("1.0.0", folder));
            WorkPlugin.schedule(first, "{\"what\":\"later\",\"inMillis\":4000}");
        }
        Span call = await("NodeType work.call");
        assertThat(receiver.spans()).extracting(Span::getName).doesNotContain("job work.do");

        try (TestKernel second = node()) {
            Span job = await("job work.do");

            assertBelow(call, job);
            assertThat(job.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
            assertThat(OtlpReceiver.attribute(job, "mortise.job.attempt")).isEqualTo("1");
            assertBelow(job, await("JobHandler work.do"));
            assertThat(WorkPlugin.effects(second)).containsExactly("later");
        }
    }

    @Test
    void anEventsDeliveriesStandBelowWhoPublishedIt() {
        try (TestKernel kernel = node()) {
            kernel.plugins().install(WorkPlugin.jar("1.0.0", folder));
            WorkPlugin.await(
                    "the plugin subscribes",
                    () -> kernel.get("/api/v1/kernel/events/subscriptions")
                            .text()
                            .contains("work.seen"));
            WorkPlugin.publish(kernel, "{\"what\":\"told\",\"name\":\"work.news.today\"}");

            Span delivery = await("process work.news.today");

            Span publisher = receiver.await(span -> span.getSpanId().equals(delivery.getParentSpanId()));
            assertThat(publisher.getName()).isEqualTo("NodeType work.call");
            assertBelow(publisher, delivery);
            assertThat(OtlpReceiver.attribute(delivery, "messaging.destination.name"))
                    .isEqualTo("work.news.today");
            assertThat(OtlpReceiver.attribute(delivery, "messaging.consumer.group.name"))
                    .isEqualTo("work.seen");
        }
    }

    @Test
    void aTryThatFailsIsMarkedAndTheNextOneStandsBelowTheSame() {
        try (TestKernel kernel = node()) {
            kernel.plugins().install(WorkPlugin.jar("1.0.0", folder));
            WorkPlugin.schedule(kernel, "{\"what\":\"hard\",\"mode\":\"fail\",\"times\":1}");

            Span first = tryOf("1");
            Span second = tryOf("2");

            assertThat(first.getStatus().getCode().name()).isEqualTo("STATUS_CODE_ERROR");
            assertThat(first.toString()).doesNotContain("on purpose");
            assertThat(second.getStatus().getCode().name()).isEqualTo("STATUS_CODE_UNSET");
            assertThat(second.getParentSpanId()).isEqualTo(first.getParentSpanId());
            assertThat(second.getTraceId()).isEqualTo(first.getTraceId());
        }
    }

    private Span tryOf(String attempt) {
        return receiver.await(span -> span.getName().equals("job work.do")
                && OtlpReceiver.attribute(span, "mortise.job.attempt").equals(attempt));
    }
}
