package dev.mortise.cli.inbox;

import static dev.mortise.cli.inbox.InboxFixture.messages;
import static dev.mortise.cli.inbox.InboxFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("K7")
class InboxTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a.jsonl | {\"text\":\"oil\"}",
                "a.txt   | {\"text\":\"oil\"}",
                "a.CSV   | text\\noil",
                "a.export| text\\noil",
                "a.mbox  | From a@example.com x\\n\\noil",
                "nameless| From a@example.com x\\n\\noil"
            })
    void theFormatIsToldByTheNameOrElseByTheContent(String name, String content) {
        Path file = InboxFixture.file(folder, name, content.replace("\\n", "\n"), StandardCharsets.UTF_8);

        assertThat(messages(read(file)))
                .singleElement()
                .extracting(InboxMessage::text)
                .isEqualTo("oil");
    }

    @Test
    void anEmptyFileHoldsNothing() {
        assertThat(read(InboxFixture.file(folder, "empty.jsonl", "", StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(read(InboxFixture.file(folder, "empty.mbox", "", StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> read(folder.resolve("gone.jsonl")))
                .isInstanceOf(InboxException.class)
                .hasMessageContaining("gone.jsonl");
    }

    @Test
    void theShareGrowsLineByLine() {
        Path file =
                InboxFixture.file(folder, "two.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", StandardCharsets.UTF_8);
        try (Inbox inbox = Inbox.open(file)) {
            assertThat(inbox.share()).hasValue(0.0);
            inbox.next();
            assertThat(inbox.share()).hasValue(0.5);
            inbox.next();
            assertThat(inbox.share()).hasValue(1.0);
        }
    }

    /** A quarter of a gigabyte from a generator; the tests' JVM would not hold it as characters. */
    @Test
    void anInboxLargerThanTheMemoryIsStreamed() {
        byte[] line = ("{\"text\":\"" + "x".repeat(1 << 20) + "\"}\n").getBytes(StandardCharsets.UTF_8);
        int count = 256;
        InputStream endless = new SequenceInputStream(Collections.enumeration(IntStream.range(0, count)
                .mapToObj(i -> (InputStream) new ByteArrayInputStream(line))
                .toList()));
        int messages = 0;
        try (Inbox inbox = Inbox.open(endless)) {
            while (inbox.next() != null) {
                messages++;
            }
        }
        assertThat(messages).isEqualTo(count);
    }
}
