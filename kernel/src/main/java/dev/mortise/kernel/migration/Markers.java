package dev.mortise.kernel.migration;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the comments at the head of a file say to the server.
 *
 * @param isContract whether the file says that what it takes away is used by no version any more
 * @param isOutside whether its statements run outside of a transaction
 * @param unknown comments that look like markers and mean nothing
 */
record Markers(boolean isContract, boolean isOutside, List<String> unknown) {
    private static final Pattern CONTRACT =
            Pattern.compile("contract: safe since v?\\d+(\\.\\d+)*([-+][\\w.+-]+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern OUTSIDE =
            Pattern.compile("mortise: outside of a transaction", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKER = Pattern.compile("(contract|mortise):.*", Pattern.CASE_INSENSITIVE);

    static Markers of(List<String> headComments) {
        return new Markers(
                headComments.stream().anyMatch(line -> CONTRACT.matcher(line).matches()),
                headComments.stream().anyMatch(line -> OUTSIDE.matcher(line).matches()),
                headComments.stream()
                        .filter(line -> MARKER.matcher(line).matches()
                                && !CONTRACT.matcher(line).matches()
                                && !OUTSIDE.matcher(line).matches())
                        .toList());
    }
}
