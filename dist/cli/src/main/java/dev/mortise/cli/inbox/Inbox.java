package dev.mortise.cli.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * An inbox that is being read. Used by one thread; only {@link #share} may be asked from others.
 *
 * @since 0.1
 */
public final class Inbox implements AutoCloseable {
    private final String source;
    private final InputStream in;
    private final long size;
    private final LineSource lines;
    private final InboxReader reader;

    private Inbox(String source, InputStream in, long size) throws IOException {
        this.source = source;
        this.in = in;
        this.size = size;
        this.lines = new LineSource(in);
        this.reader = reader();
    }

    /**
     * Opens a file whose name or content tells its format.
     *
     * @throws InboxException when it cannot be read, is in UTF-16, is a table without a column for the text, or is no
     *     mailbox though its name says so
     */
    public static Inbox open(Path file) {
        try {
            InputStream in = Files.newInputStream(file);
            return open(file.getFileName().toString(), in, Files.size(file));
        } catch (IOException unreadable) {
            throw new InboxException(
                    "The file " + file + " cannot be read", "Check its path and its owner", unreadable);
        }
    }

    /** Reads a stream of unknown length, such as standard input, telling the format by its content. */
    public static Inbox open(InputStream in) {
        try {
            return open("-", in, 0);
        } catch (IOException unreadable) {
            throw new InboxException("The input cannot be read", "Check what writes it", unreadable);
        }
    }

    /** Returns the file's name, or {@code -}. */
    public String source() {
        return source;
    }

    /**
     * Returns what comes next, or null at the end.
     *
     * @throws InboxException when the file can no longer be read
     */
    public @Nullable InboxEntry next() {
        try {
            return reader.next();
        } catch (IOException unreadable) {
            throw new InboxException(
                    "The file " + source + " can no longer be read: " + unreadable.getMessage(),
                    "Check the disk or the program that writes it",
                    unreadable);
        }
    }

    /** Returns how much of the input has been read, from 0 to 1, where its length is known. */
    public OptionalDouble share() {
        return size > 0 ? OptionalDouble.of(Math.min(1.0, (double) lines.consumed() / size)) : OptionalDouble.empty();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException failed) {
            throw new InboxException("The file " + source + " cannot be closed", "Check the disk", failed);
        }
    }

    private static Inbox open(String source, InputStream in, long size) throws IOException {
        try {
            return new Inbox(source, in, size);
        } catch (IOException | RuntimeException unusable) {
            in.close();
            throw unusable;
        }
    }

    private InboxReader reader() throws IOException {
        if (isUtf16(lines.peek())) {
            throw new InboxException("The file " + source + " is in UTF-16", "Save it as UTF-8 and try again");
        }
        lines.skipMark();
        byte[] head = lines.peek();
        InboxFormat format = InboxFormat.byName(source).orElseGet(() -> InboxFormat.byContent(head));
        return switch (format) {
            case JSON_LINES -> new JsonLinesReader(source, lines);
            case CSV -> new CsvReader(source, lines);
            case MBOX -> new MboxReader(source, lines);
        };
    }

    private static boolean isUtf16(byte[] head) {
        if (head.length < 2) {
            return false;
        }
        int mark = ((head[0] & 0xFF) << Byte.SIZE) | (head[1] & 0xFF);
        return mark == 0xFEFF || mark == 0xFFFE;
    }
}
