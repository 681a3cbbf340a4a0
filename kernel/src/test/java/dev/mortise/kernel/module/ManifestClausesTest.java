package dev.mortise.kernel.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestClausesTest {
    @Test
    void clausesAreSplitAtCommasOutsideOfQuotes() {
        var clauses = ManifestClauses.parse("a.b;version=\"1.2.0\";uses:=\"c.d,e.f\", g ,h;version=3.0")
                .clauses();

        assertThat(clauses)
                .containsExactly(
                        new ManifestClauses.Clause("a.b", Optional.of("1.2.0")),
                        new ManifestClauses.Clause("g", Optional.empty()),
                        new ManifestClauses.Clause("h", Optional.of("3.0")));
    }

    @Test
    void anEmptyHeaderHasNoClauses() {
        assertThat(ManifestClauses.parse(" ").clauses()).isEmpty();
    }
}
