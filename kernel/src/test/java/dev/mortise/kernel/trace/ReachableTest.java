package dev.mortise.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("O1")
class ReachableTest {
    /** Forms that some parsers take for other hosts: what counts is where the JDK's resolver leads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "http://2130706433/",
                "http://127.1/",
                "http://[::1]/",
                "http://[::ffff:7f00:1]/",
                "http://no-such-host.invalid/",
                "http:///nowhere"
            })
    void noFormOfAnAddressLeadsInside(String address) {
        assertThat(Reachable.mayReach(URI.create(address), Set.of())).isFalse();
    }

    @Test
    void theOperatorMayAllowAHost() {
        assertThat(Reachable.mayReach(URI.create("http://127.0.0.1:4318/"), Set.of("127.0.0.1")))
                .isTrue();
        assertThat(Reachable.mayReach(URI.create("http://127.0.0.2:4318/"), Set.of("127.0.0.1")))
                .isFalse();
    }
}
