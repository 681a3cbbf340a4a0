package dev.mortise.kernel.limit;

import java.util.List;

/**
 * Which operations a limit is for.
 *
 * @param method such as {@code POST}, or {@code *} for any
 * @param segments of the path; {@code *} is any one, and as the last one any number of them
 */
record OperationPattern(String method, List<String> segments) {
    /** Reads {@code METHOD /path}. */
    static OperationPattern parse(String text) {
        if (text == null || !text.matches("(\\*|[A-Z]{1,16}) /\\S{1,250}")) {
            throw new IllegalArgumentException("An operation is a method, a blank and a path, such as"
                    + " \"POST /api/v1/automatrix/*\", not \"" + text + "\"");
        }
        int blank = text.indexOf(' ');
        return new OperationPattern(text.substring(0, blank), segmentsOf(text.substring(blank + 1)));
    }

    static List<String> segmentsOf(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    boolean matches(String requestMethod, List<String> path) {
        if (!method.equals("*") && !method.equals(requestMethod)) {
            return false;
        }
        boolean isOpenEnded = segments.getLast().equals("*");
        if (isOpenEnded ? path.size() < segments.size() : path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).equals("*") && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
