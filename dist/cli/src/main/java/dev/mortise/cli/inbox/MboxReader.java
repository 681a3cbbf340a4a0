package dev.mortise.cli.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox of RFC 4155: each mail begins with a line {@code From } at the start of the file or behind an empty line.
 * Quoted lines ({@code >From }, {@code >>From }) lose one mark, as the dialect "mboxrd" has it.
 */
final class MboxReader implements InboxReader {
    private static final int LONGEST_MAIL = 24 << 20;
    private static final String BEGIN = "From ";

    private final String source;
    private final LineSource lines;
    private final MailParser parser = new MailParser();
    private @Nullable Line pending;
    private boolean started;

    MboxReader(String source, LineSource lines) {
        this.source = source;
        this.lines = lines;
    }

    @Override
    public @Nullable InboxEntry next() throws IOException {
        if (!started) {
            started = true;
            pending = firstLine();
        }
        Line begin = pending;
        if (begin == null) {
            return null;
        }
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        boolean tooLong = false;
        boolean afterBlank = false;
        Line line = lines.next();
        while (line != null && !(afterBlank && line.startsWith(BEGIN))) {
            tooLong |= line.cut() || mail.size() + line.bytes().length > LONGEST_MAIL;
            if (!tooLong) {
                append(mail, line);
            }
            afterBlank = line.bytes().length == 0;
            line = lines.next();
        }
        pending = line;
        return entry(begin, mail.toByteArray(), tooLong);
    }

    private @Nullable Line firstLine() throws IOException {
        Line line = lines.next();
        while (line != null && line.blank()) {
            line = lines.next();
        }
        if (line != null && !line.startsWith(BEGIN)) {
            throw new InboxException(
                    source + ":" + line.number()
                            + ": a mailbox begins with a line \"From sender date\", and this does not",
                    "Export the mails as mbox, or name the file .jsonl or .csv if it is one of these");
        }
        return line;
    }

    private InboxEntry entry(Line begin, byte[] mail, boolean tooLong) {
        if (tooLong) {
            return new UnreadableEntry(
                    source,
                    begin.number(),
                    "the mail is longer than " + (LONGEST_MAIL >> 20) + " MiB or has such a line");
        }
        try {
            return parser.parse(begin.number(), mail);
        } catch (IOException | RuntimeException broken) {
            return new UnreadableEntry(source, begin.number(), "the mail cannot be decoded: " + broken.getMessage());
        }
    }

    private static void append(ByteArrayOutputStream mail, Line line) {
        int mark = 0;
        while (mark < line.bytes().length && line.bytes()[mark] == '>') {
            mark++;
        }
        int skipped = mark > 0 && line.startsWith(BEGIN, mark) ? 1 : 0;
        mail.write(line.bytes(), skipped, line.bytes().length - skipped);
        mail.writeBytes(new byte[] {'\r', '\n'});
    }
}
