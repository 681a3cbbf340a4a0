package dev.mortise.cli.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines at LF or CRLF, and counts what it has handed out. A line longer than the limit is cut, so
 * that no file can fill the memory.
 */
final class LineSource {
    /** Room for the largest message that the intake is meant to be tried with, and its JSON escapes. */
    static final int LONGEST_LINE = 12 << 20;

    private static final int CHUNK = 1 << 16;
    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int position;
    private int end;
    private long number;
    private final AtomicLong consumed = new AtomicLong();

    LineSource(InputStream in) {
        this(in, LONGEST_LINE);
    }

    LineSource(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Returns how many bytes the lines handed out so far have taken. */
    long consumed() {
        return consumed.get();
    }

    /** Returns the first bytes without taking them, at most as many as a chunk has. */
    byte[] peek() throws IOException {
        if (end == 0) {
            end = Math.max(0, in.readNBytes(chunk, 0, CHUNK));
        }
        byte[] head = new byte[end - position];
        System.arraycopy(chunk, position, head, 0, head.length);
        return head;
    }

    /** Skips the byte order mark of UTF-8, which some editors put in front. */
    void skipMark() throws IOException {
        byte[] head = peek();
        if (head.length >= UTF8_MARK.length
                && head[0] == UTF8_MARK[0]
                && head[1] == UTF8_MARK[1]
                && head[2] == UTF8_MARK[2]) {
            position += UTF8_MARK.length;
        }
    }

    /** Returns the next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        if (position == end && !fill()) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long taken = 0;
        boolean cut = false;
        boolean ended = false;
        while (!ended && (position < end || fill())) {
            int stop = position;
            while (stop < end && chunk[stop] != '\n') {
                stop++;
            }
            int room = Math.min(stop - position, longest - line.size());
            line.write(chunk, position, room);
            cut |= room < stop - position;
            ended = stop < end;
            taken += stop - position + (ended ? 1 : 0);
            position = ended ? stop + 1 : stop;
        }
        consumed.addAndGet(taken);
        return new Line(number, withoutReturn(line.toByteArray()), cut);
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(chunk));
        return end > 0;
    }

    private static byte[] withoutReturn(byte[] line) {
        if (line.length == 0 || line[line.length - 1] != '\r') {
            return line;
        }
        byte[] shorter = new byte[line.length - 1];
        System.arraycopy(line, 0, shorter, 0, shorter.length);
        return shorter;
    }
}
