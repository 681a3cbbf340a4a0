package dev.mortise.sandbox.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes frames, each in one piece. For one thread.
 *
 * @since 0.1
 */
public final class FrameWriter {
    private final OutputStream out;

    /** Writes to a pipe, unbuffered: a frame is one write. */
    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes and flushes a message. */
    public void write(Message message) throws IOException {
        Fields fields = new Fields();
        byte type = fields.add(message);
        out.write(fields.frame(type));
        out.flush();
    }

    private static final class Fields {
        private final List<byte[]> parts = new ArrayList<>();
        private int length = 1;

        byte add(Message message) {
            switch (message) {
                case Message.Ready ready -> {
                    flag(ready.locked());
                    flag(ready.limited());
                    text(ready.engine());
                }
                case Message.Call call -> {
                    flag(call.warm());
                    text(call.name());
                    text(call.source());
                    text(call.entry());
                    text(call.input());
                    number(call.functions().size());
                    call.functions().forEach(this::text);
                    number(call.cpuMillis());
                    number(call.frames());
                    number(call.outputBytes());
                    number(call.logBytes());
                }
                case Message.Returned returned -> {
                    text(returned.json());
                    text(returned.log());
                    large(returned.cpuMicros());
                }
                case Message.Failed failed -> {
                    text(failed.kind());
                    text(failed.message());
                    number(failed.line());
                    number(failed.column());
                    text(failed.log());
                    large(failed.cpuMicros());
                }
                case Message.HostCall call -> {
                    text(call.function());
                    text(call.arguments());
                }
                case Message.HostReply reply -> {
                    flag(reply.answered());
                    text(reply.text());
                }
            }
            return FrameType.of(message);
        }

        byte[] frame(byte type) {
            ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + length);
            frame.putInt(length).put(type);
            parts.forEach(frame::put);
            return frame.array();
        }

        private void flag(boolean value) {
            add(new byte[] {(byte) (value ? 1 : 0)});
        }

        private void number(int value) {
            add(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        }

        private void large(long value) {
            add(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        }

        private void text(String value) {
            // A lone surrogate becomes a question mark: it has no UTF-8.
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            add(bytes);
        }

        private void add(byte[] part) {
            parts.add(part);
            length = Math.addExact(length, part.length);
        }
    }
}
