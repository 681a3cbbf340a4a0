package dev.mortise.kernel.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that is cut off with a {@link BodyTooLargeException} after so many bytes, and tells a failure of the
 * connection, as a {@link BrokenBodyException}, from other failures to read or write.
 */
final class LimitedBody extends FilterInputStream {
    private final long limit;
    private long seen;

    LimitedBody(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = received(super::read);
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = received(() -> super.read(buffer, offset, length));
        count(Math.max(read, 0));
        return read;
    }

    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }

    private static int received(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new BrokenBodyException(e);
        }
    }

    private void count(int read) throws IOException {
        seen += read;
        if (seen > limit) {
            throw new BodyTooLargeException(limit);
        }
    }
}
