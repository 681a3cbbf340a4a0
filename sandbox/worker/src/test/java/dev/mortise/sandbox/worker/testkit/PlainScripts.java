package dev.mortise.sandbox.worker.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Harmless scripts, the body of a function in each line of {@code scripts.txt}, and in the same line of
 * {@code expected.txt} what the language's usual interpreter returns.
 *
 * @param body of the function {@code main}
 * @param expected JSON
 */
public record PlainScripts(String body, String expected) {
    /** What each is called with. */
    public static final String INPUT =
            "{\"n\":3,\"list\":[{\"id\":1,\"tags\":[\"a\",\"b\"]},{\"id\":2,\"tags\":[\"c\"]}]}";

    /** Reads the scripts of a folder. */
    public static List<PlainScripts> in(Path folder, UnaryOperator<String> asBody) {
        try {
            List<String> scripts = Files.readAllLines(folder.resolve("scripts.txt"));
            List<String> expected = Files.readAllLines(folder.resolve("expected.txt"));
            return IntStream.range(0, scripts.size())
                    .mapToObj(i -> new PlainScripts(asBody.apply(scripts.get(i)), expected.get(i)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
