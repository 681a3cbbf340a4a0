package dev.mortise.cli.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** One line of a file, without its end. */
final class Line {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final long number;
    private final byte[] bytes;
    private final boolean cut;

    /**
     * Takes the bytes over.
     *
     * @param number counted from 1
     * @param bytes what stands in it; the beginning where it was cut
     * @param cut whether it was longer than allowed, and the rest was skipped
     */
    Line(long number, byte[] bytes, boolean cut) {
        this.number = number;
        this.bytes = bytes;
        this.cut = cut;
    }

    long number() {
        return number;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean cut() {
        return cut;
    }

    boolean blank() {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(String ascii) {
        return startsWith(ascii, 0);
    }

    boolean startsWith(String ascii, int offset) {
        if (bytes.length - offset < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text, or throws when the bytes are not UTF-8. */
    String utf8() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /**
     * Returns the text of bytes in UTF-8, or else in windows-1252, which is what spreadsheets and old mailers write.
     */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, WINDOWS_1252);
        }
    }
}
