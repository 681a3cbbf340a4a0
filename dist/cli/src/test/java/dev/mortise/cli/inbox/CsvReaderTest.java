package dev.mortise.cli.inbox;

import static dev.mortise.cli.inbox.InboxFixture.messages;
import static dev.mortise.cli.inbox.InboxFixture.problems;
import static dev.mortise.cli.inbox.InboxFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("K7")
class CsvReaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,text,from,received",
                "ID,Message,From,Date",
                " Message-ID , BODY , Sender , Received At ",
                "\"Ticket\",\"Message Text\",\"E-Mail\",\"Timestamp\"",
                "ref;content;customer;created",
                "id\tdescription\tname\tdate_received",
            })
    void columnsAreFoundUnderTheNamesThatPeopleGive(String header) {
        char delimiter = header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
        String row = String.join(String.valueOf(delimiter), "m-7", "oil", "Ann", "2026-03-02T08:15:00Z");
        InboxMessage message = messages(read(header + "\n" + row)).getFirst();

        assertThat(message.id()).isEqualTo("m-7");
        assertThat(message.text()).isEqualTo("oil");
        assertThat(message.from()).isEqualTo("Ann");
        assertThat(message.receivedAt()).contains(Instant.parse("2026-03-02T08:15:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T08:15:00Z",
                "2026-03-02T09:15:00+01:00",
                "2026-03-02T08:15:00",
                "2026-03-02 08:15",
                "2026-03-02 08:15:00",
                "\"Mon, 2 Mar 2026 08:15:00 GMT\""
            })
    void timesAreReadInTheUsualForms(String time) {
        assertThat(messages(read("text,date\nhello," + time)).getFirst().receivedAt())
                .contains(Instant.parse("2026-03-02T08:15:00Z"));
    }

    @Test
    void quotesDelimitersAndLineBreaksStandInQuotedFields() {
        List<InboxMessage> messages = messages(read("text,from\r\n\"a \"\"b\"\", c\r\nd\",Ann\r\ne,Bob\r\n"));

        assertThat(messages).extracting(InboxMessage::text).containsExactly("a \"b\", c\nd", "e");
        assertThat(messages).extracting(InboxMessage::line).containsExactly(2L, 4L);
    }

    @Test
    void aTableOfAnOldSpreadsheetIsReadInWindows1252() {
        Path file = InboxFixture.file(
                folder, "old.csv", "text\n\u00D6lwechsel f\u00FCr 40 \u20AC\n", Charset.forName("windows-1252"));

        assertThat(messages(read(file)))
                .singleElement()
                .extracting(InboxMessage::text)
                .isEqualTo("\u00D6lwechsel f\u00FCr 40 \u20AC");
    }

    @Test
    void aTableInUtf16IsRefusedWithTheRemedy() {
        Path file = InboxFixture.file(folder, "excel.csv", "\uFEFFtext\nhello\n", StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> read(file)).isInstanceOf(InboxException.class).hasMessageContaining("UTF-16");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() {
        assertThat(messages(read("\uFEFFtext,from\nhello,Ann\n"))).hasSize(1);
    }

    @Test
    void withoutAColumnForTheTextItSaysWhichColumnsThereAre() {
        assertThatThrownBy(() -> read("colour,price\nred,7\n"))
                .isInstanceOf(InboxException.class)
                .hasMessageContaining("colour, price");
    }

    @Test
    void aRowThatIsTooShortIsReportedAndTheRestGoesOn() {
        List<InboxEntry> entries = read("id,from,text\n1,Ann,oil\n2\n3,Bob,brakes\n");

        assertThat(problems(entries)).containsExactly("-:3: the row has 1 fields where the header has 3");
        assertThat(messages(entries)).extracting(InboxMessage::id).containsExactly("1", "3");
    }

    @Test
    void aQuoteThatIsNeverClosedEndsTheReadingWithItsPlace() {
        List<InboxEntry> entries = read("id,text\n1,oil\n2,\"never closed\n3,brakes\n");

        assertThat(messages(entries)).extracting(InboxMessage::id).containsExactly("1");
        assertThat(problems(entries))
                .containsExactly("-:3: a quoted field is never closed, or is longer than 12 MiB; "
                        + "the rest of the file was not read");
    }

    @Test
    void aQuoteThatIsNeverClosedDoesNotFillTheMemory() {
        List<InboxEntry> entries = read("id,text\n1,\"" + "many words and a line end\n".repeat(1 << 20));

        assertThat(problems(entries)).hasSize(1);
    }

    @Test
    void nulBytesAndEmptyRowsDoNoHarm() {
        assertThat(messages(read("text\na\0b\n\n  \nc\n")))
                .extracting(InboxMessage::text)
                .containsExactly("a\0b", "c");
    }
}
