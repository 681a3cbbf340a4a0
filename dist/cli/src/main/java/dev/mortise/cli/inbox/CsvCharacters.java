package dev.mortise.cli.inbox;

import java.io.IOException;
import java.io.Reader;

/** The characters of a table, line by line, with an end to how long one record may be. */
final class CsvCharacters extends Reader {
    private static final long LONGEST_RECORD = LineSource.LONGEST_LINE;

    private final LineSource lines;
    private String line = "";
    private int position;
    private long inRecord;

    CsvCharacters(LineSource lines) {
        this.lines = lines;
    }

    /** A record that is too long. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Tells that what is read from now on belongs to another record. */
    void startRecord() {
        inRecord = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (position == line.length()) {
            Line next = lines.next();
            if (next == null) {
                return -1;
            }
            line = Line.decode(next.bytes()) + "\n";
            position = 0;
            inRecord += line.length();
            if (next.cut() || inRecord > LONGEST_RECORD) {
                throw new TooLong();
            }
        }
        int count = Math.min(length, line.length() - position);
        line.getChars(position, position + count, buffer, offset);
        position += count;
        return count;
    }

    @Override
    public void close() {
        // The stream belongs to the inbox, which closes it.
        line = "";
        position = 0;
    }
}
