package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and rules of W3C Trace Context, section 3. */
@Tag("O1")
class RemoteParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String GOOD = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void theStandardsExampleIsRead() {
        RemoteParent parent = RemoteParent.of(TRACE, GOOD, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")
                .orElseThrow();

        assertThat(parent.context().getSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(parent.context().isSampled()).isTrue();
        assertThat(parent.context().getTraceState().asMap().keySet()).containsExactly("rojo", "congo");
    }

    @Test
    void aLaterVersionMayHaveMoreParts() {
        assertThat(RemoteParent.of(TRACE, "cc" + GOOD.substring(2) + "-what-the-future-brings", null))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-00F067AA0BA902B7-01",
                "00-" + TRACE + "-00f067aa0ba902b7-0x",
                "00-ffffffffffffffffffffffffffffffff-00f067aa0ba902b7-01"
            })
    void whatIsMalformedOrOfAnotherTraceIsNoParent(String traceparent) {
        assertThat(RemoteParent.of(TRACE, traceparent, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "a", "a=b,,c=\u0001", "A=b"})
    void aMalformedStateIsDroppedAndTheParentKept(String tracestate) {
        assertThat(RemoteParent.of(TRACE, GOOD, tracestate)
                        .orElseThrow()
                        .context()
                        .getTraceState()
                        .isEmpty())
                .isTrue();
    }
}
