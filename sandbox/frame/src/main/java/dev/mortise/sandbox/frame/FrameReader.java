package dev.mortise.sandbox.frame;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads frames. For one thread.
 *
 * @since 0.1
 */
public final class FrameReader {
    private static final int MOST_FUNCTIONS = 1_000;

    private final InputStream in;
    private final int most;

    /** @param most the longest frame, in bytes after the length */
    public FrameReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /**
     * Waits for a message.
     *
     * @throws FrameException when what came is not a frame; nothing can be read any more after it
     * @throws EOFException when the other side has gone, between frames or within one
     */
    public Message read() throws IOException {
        int length = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
        if (length < 1 || length > most) {
            throw new FrameException("A frame of " + length + " bytes came; from 1 to " + most + " are allowed");
        }
        Fields fields = new Fields(ByteBuffer.wrap(bytes(length)));
        Message message = fields.message();
        fields.end();
        return message;
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The other side has gone");
        }
        return bytes;
    }

    private record Fields(ByteBuffer rest) {
        Message message() throws FrameException {
            byte type = rest.get();
            return switch (type) {
                case FrameType.READY -> new Message.Ready(flag(), flag(), text());
                case FrameType.CALL ->
                    new Message.Call(
                            flag(), text(), text(), text(), text(), texts(), number(), number(), number(), number());
                case FrameType.RETURNED -> new Message.Returned(text(), text(), large());
                case FrameType.FAILED -> new Message.Failed(text(), text(), number(), number(), text(), large());
                case FrameType.HOST_CALL -> new Message.HostCall(text(), text());
                case FrameType.HOST_REPLY -> new Message.HostReply(flag(), text());
                default -> throw new FrameException("A frame of the unknown type " + type + " came");
            };
        }

        void end() throws FrameException {
            if (rest.hasRemaining()) {
                throw new FrameException("A frame has " + rest.remaining() + " bytes too many");
            }
        }

        private boolean flag() throws FrameException {
            need(1);
            return switch (rest.get()) {
                case 0 -> false;
                case 1 -> true;
                default -> throw new FrameException("A flag is neither 0 nor 1");
            };
        }

        private int number() throws FrameException {
            need(Integer.BYTES);
            return rest.getInt();
        }

        private long large() throws FrameException {
            need(Long.BYTES);
            return rest.getLong();
        }

        private List<String> texts() throws FrameException {
            int count = number();
            if (count < 0 || count > MOST_FUNCTIONS) {
                throw new FrameException("A list of " + count + " texts came");
            }
            List<String> texts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return texts;
        }

        private String text() throws FrameException {
            int length = number();
            if (length < 0) {
                throw new FrameException("A text of " + length + " bytes came");
            }
            need(length);
            ByteBuffer bytes = rest.slice(rest.position(), length);
            rest.position(rest.position() + length);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(bytes)
                        .toString();
            } catch (CharacterCodingException e) {
                throw new FrameException("A text is not UTF-8");
            }
        }

        private void need(int count) throws FrameException {
            if (rest.remaining() < count) {
                throw new FrameException("A frame ends " + (count - rest.remaining()) + " bytes too early");
            }
        }
    }
}
