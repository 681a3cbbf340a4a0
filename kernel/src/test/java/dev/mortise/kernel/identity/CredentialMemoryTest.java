package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.Principal;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.error.RetryLater;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many looks into the database presented credentials cost. */
@Tag("T4")
class CredentialMemoryTest {
    private static final String NOISY = "198.51.100.7";
    private static final String QUIET = "192.0.2.1";

    private final CredentialMemory memory = new CredentialMemory();
    private final AtomicInteger looks = new AtomicInteger();
    private final Verified somebody = new Verified(
            new TenantId(new UUID(1, 1)),
            new Principal("key:x", Principal.Kind.API_KEY, Set.of()),
            Optional.empty(),
            Optional.empty(),
            null);

    private Optional<Verified> present(String credential, String source, Optional<Verified> found) {
        return memory.recall(OpaqueToken.sha256(credential), source, () -> {
            looks.incrementAndGet();
            return found;
        });
    }

    private int unknownUntilHeldBack(String source) {
        for (int i = 0; i < 1_000; i++) {
            try {
                present("unknown " + source + i, source, Optional.empty());
            } catch (RetryLater later) {
                assertThat(later.errorCode()).isEqualTo(KernelError.SIGN_IN_BACK_OFF);
                assertThat(later.seconds()).isBetween(1L, 10L);
                return i;
            }
        }
        throw new AssertionError("never held back");
    }

    @Test
    void aSourceOfRandomKeysIsHeldBackAndReachesTheDatabaseNoMore() {
        int admitted = unknownUntilHeldBack(NOISY);

        assertThat(admitted).isBetween(60, 200);
        int before = looks.get();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        present("more " + i, NOISY, Optional.empty());
                    }
                })
                .isInstanceOf(RetryLater.class);
        assertThat(looks.get() - before).isLessThan(20);
    }

    @Test
    void othersAreNotHeldBackWithIt() {
        unknownUntilHeldBack(NOISY);

        assertThat(present("good", QUIET, Optional.of(somebody))).isPresent();
    }

    @Test
    void whatWasGoodLatelyGoesOnFromTheSameAddress() {
        present("good", NOISY, Optional.of(somebody));
        unknownUntilHeldBack(NOISY);
        memory.forgetKnown();

        assertThat(present("good", NOISY, Optional.of(somebody))).isPresent();
    }

    @Test
    void aGoodOneDoesNotCount() {
        for (int i = 0; i < 500; i++) {
            assertThat(present("good " + i, QUIET, Optional.of(somebody))).isPresent();
        }
    }

    @Test
    void theSameOneIsLookedUpOnceWhetherGoodOrNot() {
        for (int i = 0; i < 100; i++) {
            present("good", QUIET, Optional.of(somebody));
            present("bad", QUIET, Optional.empty());
        }

        assertThat(looks.get()).isEqualTo(2);
    }

    @Test
    void whatWasRevokedIsLookedUpAnewAndWhatWasMadeAsWell() {
        present("good", QUIET, Optional.of(somebody));
        memory.forgetKnown();
        assertThat(present("good", QUIET, Optional.empty())).isEmpty();

        memory.made(OpaqueToken.sha256("good"));

        assertThat(present("good", QUIET, Optional.of(somebody))).isPresent();
    }
}
