package dev.mortise.cli.inbox;

import static dev.mortise.cli.inbox.InboxFixture.messages;
import static dev.mortise.cli.inbox.InboxFixture.problems;
import static dev.mortise.cli.inbox.InboxFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("K7")
class JsonLinesReaderTest {
    private static final String GOOD = "{\"id\":\"a\",\"text\":\"oil change\"}";

    @Test
    void aLineHasAllThatTheSamplesHave() {
        InboxMessage message = messages(read("""
                {"id":"m-1","channel":"sms","from":"Ann","receivedAt":"2026-03-02T08:15:00Z","text":"brakes",\
                "label":{"person":false,"intents":["repair-problem"],"departments":["service"],"urgency":"high",\
                "facts":{"mileageKm":84000,"phones":["+14025550100"]}}}
                """)).getFirst();

        assertThat(message.id()).isEqualTo("m-1");
        assertThat(message.receivedAt()).contains(Instant.parse("2026-03-02T08:15:00Z"));
        Label label = message.label().orElseThrow();
        assertThat(label.intents()).containsExactly("repair-problem");
        assertThat(label.facts().mileageKm()).isEqualTo(OptionalLong.of(84000));
        assertThat(label.facts().vin()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"text\":\"half              | -:2: the line is not JSON",
                "[1,2]                         | -:2: the line is JSON, but no object",
                "\"words\"                     | -:2: the line is JSON, but no object",
                "{\"id\":\"b\"}                | -:2: the object has no text",
                "{\"text\":7}                  | -:2: the object has no text",
                "{\"text\":\"a\"} {\"text\":2} | -:2: the line is not JSON",
                "not json at all               | -:2: the line is not JSON",
                "{\"textRepeat\":{\"text\":\"aaaa\",\"times\":999999999}} | -:2: textRepeat gives a text that is too long",
                "{\"textRepeat\":{\"text\":\"a\",\"times\":-1}}           | -:2: textRepeat gives a text that is too long",
            })
    void aBadLineIsReportedWithItsPlaceAndTheRestGoesOn(String bad, String reason) {
        List<InboxEntry> entries = read(GOOD + "\n" + bad + "\n" + GOOD + "\n");

        assertThat(problems(entries)).singleElement().asString().startsWith(reason);
        assertThat(messages(entries)).hasSize(2);
    }

    @Test
    void aLineInAnotherEncodingIsReported() {
        byte[] latin = (GOOD + "\n{\"text\":\"\u00D6lwechsel\"}\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(problems(read(latin))).containsExactly("-:2: the line is not UTF-8");
        assertThat(messages(read(latin))).hasSize(2);
    }

    @Test
    void rawNulBytesAreReportedAndEscapedOnesAreText() {
        List<InboxEntry> entries = read(GOOD + "\n\0\0\0\n{\"text\":\"a\\u0000b\"}\n");

        assertThat(problems(entries)).hasSize(1);
        assertThat(messages(entries)).last().extracting(InboxMessage::text).isEqualTo("a\0b");
    }

    @Test
    void aByteOrderMarkWindowsLineEndsBlankLinesAndAMissingLastEndAreFine() {
        List<InboxEntry> entries = read("\uFEFF" + GOOD + "\r\n\r\n   \r\n" + GOOD);

        assertThat(problems(entries)).isEmpty();
        assertThat(entries).extracting(InboxEntry::line).containsExactly(1L, 4L);
    }

    @Test
    void aLineOfTenMegabytesIsReadAndOneOfTwentyIsReported() {
        String ten = "{\"text\":\"" + "x".repeat(10 << 20) + "\"}";
        String twenty = "{\"text\":\"" + "x".repeat(20 << 20) + "\"}";
        List<InboxEntry> entries = read(ten + "\n" + twenty + "\n" + GOOD);

        assertThat(messages(entries))
                .extracting(message -> message.text().length())
                .containsExactly(10 << 20, 10);
        assertThat(problems(entries)).containsExactly("-:2: the line is longer than 12 MiB");
    }

    @Test
    void deeplyNestedJsonIsReportedAndDoesNotOverflowTheStack() {
        assertThat(problems(read("{\"text\":" + "[".repeat(100_000)))).hasSize(1);
    }

    @Test
    void aRepeatedTextIsExpanded() {
        assertThat(messages(read("{\"textRepeat\":{\"text\":\"ab\",\"times\":3}}")))
                .singleElement()
                .extracting(InboxMessage::text)
                .isEqualTo("ababab");
    }

    @Test
    void halfASurrogatePairBecomesAReplacementCharacter() {
        assertThat(messages(read("{\"text\":\"ready \\ud83d \\ud83d\\ude97\"}")))
                .singleElement()
                .extracting(InboxMessage::text)
                .isEqualTo("ready \uFFFD \uD83D\uDE97");
    }

    @Test
    void withoutAnIdTheContentNamesTheMessage() {
        String first = "{\"text\":\"a\",\"from\":\"x\"}";
        List<InboxMessage> messages = messages(read(first + "\n" + first + "\n{\"text\":\"a\",\"from\":\"y\"}"));

        assertThat(messages.get(0).id())
                .startsWith("c-")
                .isEqualTo(messages.get(1).id());
        assertThat(messages.get(2).id()).isNotEqualTo(messages.get(0).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a/b", "..", "a?b", "50%", "", "\\u202ex"})
    void anIdThatCannotStandInAUrlIsReplacedByTheContentsName(String id) {
        assertThat(messages(read("{\"id\":\"" + id + "\",\"text\":\"t\"}")))
                .singleElement()
                .satisfies(message -> assertThat(message.id()).startsWith("c-"));
    }
}
