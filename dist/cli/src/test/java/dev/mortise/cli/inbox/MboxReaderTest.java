package dev.mortise.cli.inbox;

import static dev.mortise.cli.inbox.InboxFixture.messages;
import static dev.mortise.cli.inbox.InboxFixture.problems;
import static dev.mortise.cli.inbox.InboxFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K7")
class MboxReaderTest {
    private static final String BEGIN = "From ann@example.com Mon Mar  2 08:15:12 2026\n";

    @TempDir
    private Path folder;

    @Test
    void aMailHasItsSubjectSenderTimeAndId() {
        InboxMessage message = mail("""
                From: Ann Bell <ann@example.com>
                Date: Mon, 02 Mar 2026 09:15:00 +0100
                Subject: =?UTF-8?Q?=C3=96lwechsel?=
                Message-ID: <x1@example.com>

                Next week, please.
                """);

        assertThat(message.text()).isEqualTo("\u00D6lwechsel\n\nNext week, please.");
        assertThat(message.from()).isEqualTo("Ann Bell <ann@example.com>");
        assertThat(message.receivedAt()).contains(Instant.parse("2026-03-02T08:15:00Z"));
        assertThat(message.id()).isEqualTo("x1@example.com");
        assertThat(message.channel()).isEqualTo("mail");
    }

    @Test
    void aLineThatBeginsWithFromIsUnquotedAndDoesNotDivide() {
        List<InboxMessage> messages =
                messages(read(BEGIN + "\nHello\n\n>From here\n>>From there\nFrom within\n> quoted\n"));

        assertThat(messages)
                .singleElement()
                .extracting(InboxMessage::text)
                .isEqualTo("Hello\n\nFrom here\n>From there\nFrom within\n> quoted");
    }

    @Test
    void plainTextIsPreferredToHtmlAndAttachmentsAreLeftOut() {
        InboxMessage message = mail("""
                Content-Type: multipart/mixed; boundary=o

                --o
                Content-Type: text/plain
                Content-Disposition: attachment; filename=log.txt

                the log
                --o
                Content-Type: multipart/alternative; boundary=i

                --i
                Content-Type: text/html

                <p>rich</p>
                --i
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                pl=E4in
                --i--
                --o--
                """);

        assertThat(message.text()).isEqualTo("pl\u00E4in");
    }

    @Test
    void htmlAloneIsReadAsWords() {
        InboxMessage message = mail("""
                Content-Type: text/html; charset=utf-8

                <style>p { color: red }</style><script>alert(1)</script><!-- no -->
                <table><tr><td>Topic</td><td>Oil</td></tr></table><p>It&#39;s due&nbsp;now<br>thanks &amp; bye</p>
                """);

        assertThat(message.text()).isEqualTo("Topic Oil\n\nIt's due now\nthanks & bye");
    }

    @Test
    void wrongAndMissingCharsetsAreFoundOutFromTheBytes() {
        String mail = BEGIN + "Content-Type: text/plain; charset=no-such-thing\n\nGr\u00FC\u00DFe\n";

        assertThat(messages(read(mail.getBytes(StandardCharsets.ISO_8859_1)))
                        .getFirst()
                        .text())
                .isEqualTo("Gr\u00FC\u00DFe");
        assertThat(messages(read(mail.getBytes(StandardCharsets.UTF_8)))
                        .getFirst()
                        .text())
                .isEqualTo("Gr\u00FC\u00DFe");
    }

    @Test
    void aMailWithoutABodyIsAnEmptyMessage() {
        assertThat(mail("From: ann@example.com\n").text()).isEmpty();
    }

    @Test
    void cutOffMultipartsAndBrokenBase64GiveWhatCanBeRead() {
        List<InboxEntry> entries = read(BEGIN + """
                Content-Type: multipart/mixed; boundary=o

                --o
                Content-Type: text/plain

                half a mail

                """ + BEGIN
                + "Content-Transfer-Encoding: base64\n\naGVsbG8gd29ybGQ*%%\n\n" + BEGIN + "\nlast\n");

        assertThat(problems(entries)).isEmpty();
        assertThat(messages(entries))
                .extracting(InboxMessage::text)
                .contains("half a mail", "last")
                .hasSize(3);
    }

    @Test
    void partsNestedAThousandDeepDoNotOverflowTheStack() {
        StringBuilder mail = new StringBuilder(BEGIN);
        for (int i = 0; i < 1000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }

        assertThat(read(mail.append("\ndeep\n").toString())).hasSize(1);
    }

    @Test
    void nulBytesAndVeryLongHeadersStayInTheirMail() {
        String hostile = BEGIN + "Subject: " + "x".repeat(200_000) + "\0\n\n\0body\0\n\n";

        assertThat(messages(read(hostile + BEGIN + "\nnext\n")))
                .last()
                .extracting(InboxMessage::text)
                .isEqualTo("next");
    }

    @Test
    void windowsLineEndsAreFine() {
        String mails = (BEGIN + "Subject: a\n\nfirst\n\n" + BEGIN + "\nsecond\n").replace("\n", "\r\n");

        assertThat(messages(read(mails))).extracting(InboxMessage::text).containsExactly("a\n\nfirst", "second");
    }

    @Test
    void aFileThatIsNoMailboxIsRefusedWithItsLine() {
        Path file = InboxFixture.file(folder, "no.mbox", "\nDear all,\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(file)).isInstanceOf(InboxException.class).hasMessageStartingWith("no.mbox:2:");
    }

    private static InboxMessage mail(String content) {
        return messages(read(BEGIN + content)).getFirst();
    }
}
