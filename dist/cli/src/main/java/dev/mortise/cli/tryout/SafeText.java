package dev.mortise.cli.tryout;

/** Text from outside, made fit for one line of a terminal: no controls, no change of direction, not too long. */
final class SafeText {
    private SafeText() {}

    static String line(String text, int longest) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(longest).map(SafeText::visible).forEach(safe::appendCodePoint);
        return safe.length() < text.length() ? safe.append(" …").toString() : safe.toString();
    }

    private static int visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> '\uFFFD';
            default -> point;
        };
    }
}
