package dev.mortise.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T2")
class TotpTest {
    private final Totp totp = Totp.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** The table of RFC 6238, appendix B, for SHA-1; six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        assertThat(totp.code(Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void aCodeIsGoodOneStepAroundAndNotOlderThanTheLast() {
        Instant now = Instant.ofEpochSecond(1_000_000_020);
        long step = 1_000_000_020 / 30;

        assertThat(totp.stepOf(totp.code(now), now, 0)).hasValue(step);
        assertThat(totp.stepOf(totp.code(now.minusSeconds(30)), now, 0)).hasValue(step - 1);
        assertThat(totp.stepOf(totp.code(now.plusSeconds(30)), now, 0)).hasValue(step + 1);
        assertThat(totp.stepOf(totp.code(now.minusSeconds(60)), now, 0)).isEmpty();
        assertThat(totp.stepOf(totp.code(now.plusSeconds(60)), now, 0)).isEmpty();
        assertThat(totp.stepOf(totp.code(now), now, step)).isEmpty();
        assertThat(totp.stepOf("", now, 0)).isEmpty();
    }

    /** RFC 4648, section 6; the seed of RFC 6238 in base32 is well known. */
    @Test
    void theSeedIsToldInBase32() {
        assertThat(totp.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(totp.uri("ann@example.org"))
                .startsWith("otpauth://totp/Mortise:ann%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&");
    }
}
