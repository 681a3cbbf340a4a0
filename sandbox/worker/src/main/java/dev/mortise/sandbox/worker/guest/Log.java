package dev.mortise.sandbox.worker.guest;

/** What a script writes to its console, up to so many bytes of UTF-8. */
final class Log {
    private final StringBuilder text = new StringBuilder();
    private final int mostBytes;
    private int bytes;
    private boolean cut;

    Log(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds what fits, in whole characters. */
    void add(String more) {
        for (int at = 0; at < more.length() && !cut; ) {
            int character = more.codePointAt(at);
            int size = size(character);
            if (bytes + size > mostBytes) {
                cut = true;
            } else {
                text.appendCodePoint(character);
                bytes += size;
                at += Character.charCount(character);
            }
        }
    }

    /** Returns the whole, with a last line that says so where something is missing. */
    String text() {
        if (!cut) {
            return text.toString();
        }
        String gap = text.isEmpty() || text.charAt(text.length() - 1) == '\n' ? "" : "\n";
        return text + gap + "[The log is cut here: it has more than " + mostBytes + " bytes]\n";
    }

    private static int size(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
