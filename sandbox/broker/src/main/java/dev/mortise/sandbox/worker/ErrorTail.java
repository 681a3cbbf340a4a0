package dev.mortise.sandbox.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The beginning of what a process says on its standard error. The pipe is closed after it, so that nobody can keep the
 * server busy by talking.
 */
final class ErrorTail {
    private static final int MOST_BYTES = 16 << 10;

    private final AtomicReference<String> text = new AtomicReference<>("");

    private ErrorTail() {}

    static ErrorTail of(InputStream stream) {
        ErrorTail tail = new ErrorTail();
        Thread.ofVirtual().name("sandbox-errors").start(() -> tail.drain(stream));
        return tail;
    }

    private void drain(InputStream stream) {
        try (stream) {
            byte[] piece = new byte[1024];
            int total = 0;
            for (int count = stream.read(piece); count > 0 && total < MOST_BYTES; count = stream.read(piece)) {
                total += count;
                add(new String(piece, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The process was killed, and the pipe was closed under the reader: the usual end.
            add(" (" + e.getMessage() + ")");
        }
    }

    private void add(String more) {
        text.updateAndGet(before -> before + more);
    }

    String text() {
        return text.get().strip();
    }
}
