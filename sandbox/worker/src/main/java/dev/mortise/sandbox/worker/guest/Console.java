package dev.mortise.sandbox.worker.guest;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Takes what the language writes to its standard streams by itself, and gives it to the log of the call at hand. */
final class Console extends OutputStream {
    private Log log = new Log(0);

    void to(Log current) {
        log = current;
    }

    @Override
    public synchronized void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        log.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
}
