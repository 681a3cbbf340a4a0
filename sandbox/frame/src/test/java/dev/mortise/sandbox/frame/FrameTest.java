package dev.mortise.sandbox.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames between broker and worker. */
@Tag("X2")
class FrameTest {
    private static final int MOST = 1 << 20;

    static List<Message> messages() {
        return List.of(
                new Message.Ready(true, false, "GraalJS 25"),
                new Message.Call(
                        true, "a.js", "function main() {}", "main", "{}", List.of("state.get", "fetch"), 1, 2, 3, 4),
                new Message.Returned("{\"a\":\"ü€😀\"}", "", Long.MAX_VALUE),
                new Message.Failed("THROWN", "no\0pe", 3, 0, "log", 12),
                new Message.HostCall("fetch", "[]"),
                new Message.HostReply(false, ""));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsRead(Message message) throws IOException {
        assertThat(reader(frame(message)).read()).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aFrameThatIsCutShortIsTheEndOfTheOtherSide(Message message) throws IOException {
        byte[] frame = frame(message);
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> reader(cut).read()).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aFrameThatSaysTheWrongLengthIsNone(Message message) throws IOException {
        byte[] frame = frame(message);
        byte[] shorter = Arrays.copyOf(frame, frame.length - 1);
        ByteBuffer.wrap(shorter).putInt(frame.length - 5);
        byte[] longer = Arrays.copyOf(frame, frame.length + 1);
        ByteBuffer.wrap(longer).putInt(frame.length - 3);

        assertThatThrownBy(() -> reader(shorter).read()).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> reader(longer).read()).isInstanceOf(FrameException.class);
    }

    @Test
    void aFrameOfMoreThanIsAllowedIsRefusedBeforeItIsRead() {
        byte[] huge = ByteBuffer.allocate(5).putInt(Integer.MAX_VALUE).array();
        byte[] negative = ByteBuffer.allocate(5).putInt(-1).array();

        assertThatThrownBy(() -> reader(huge).read()).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> reader(negative).read()).isInstanceOf(FrameException.class);
    }

    @Test
    void garbageIsNeverAnythingButARefusalOrAMessage() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = frame(messages().get(random.nextInt(messages().size())));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                frame[4 + random.nextInt(frame.length - 4)] = (byte) random.nextInt();
            }
            try {
                assertThat(reader(frame).read()).isNotNull();
            } catch (FrameException e) {
                assertThat(e).as("seed %d", seed).hasMessageNotContaining("null");
            }
        }
    }

    private static byte[] frame(Message message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FrameWriter(out).write(message);
        return out.toByteArray();
    }

    private static FrameReader reader(byte[] bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes), MOST);
    }
}
