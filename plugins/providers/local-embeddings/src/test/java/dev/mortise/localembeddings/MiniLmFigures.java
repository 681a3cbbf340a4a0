package dev.mortise.localembeddings;

import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.localembeddings.onnx.OnnxException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Prints the figures of README.md; not a test, and run only when named. */
final class MiniLmFigures {
    private static final System.Logger LOG = System.getLogger("figures");
    private static final String SHORT = "My brakes squeal when I stop";
    private static final String PARAGRAPH =
            "Last week I brought my car in for its inspection and since then there is a grinding noise from the front left wheel. "
                    .repeat(6);

    @Test
    void print(@TempDir Path folder) throws IOException, OnnxException {
        System.gc();
        long before = residentKilobytes();
        long start = System.nanoTime();
        LoadedModel loaded = LoadedModel.read(NativePlatform.current(), new JsonMapper(), folder);
        long loadedAt = System.nanoTime();
        int processors = Runtime.getRuntime().availableProcessors();
        try (MiniLm model = new MiniLm(processors)) {
            model.load(() -> loaded);
            embed(model, SHORT, 1);
            LOG.log(
                    Level.INFO,
                    "load {0} ms, first text after it {1} ms",
                    millis(loadedAt - start),
                    millis(System.nanoTime() - loadedAt));
            embed(model, SHORT, 1_000);
            LOG.log(
                    Level.INFO,
                    "short text ({0} tokens): {1} texts/s by one caller",
                    loaded.tokens(SHORT).length,
                    rate(model, SHORT, 1_000, 1));
            LOG.log(
                    Level.INFO,
                    "short text: {0} texts/s by {1} callers",
                    rate(model, SHORT, 1_000, processors),
                    processors);
            LOG.log(
                    Level.INFO,
                    "paragraph ({0} tokens): {1} texts/s by one caller",
                    loaded.tokens(PARAGRAPH).length,
                    rate(model, PARAGRAPH, 100, 1));
            System.gc();
            LOG.log(
                    Level.INFO,
                    "resident memory {0} MB before, {1} MB more now",
                    before / 1024,
                    (residentKilobytes() - before) / 1024);
            printCosines(model);
        }
    }

    private static void printCosines(MiniLm model) {
        String question = "How do I reset my password?";
        for (String other : List.of(
                "How can I reset my password?",
                "I forgot my password, how can I change it?",
                "What are the steps to recover my account password?",
                "How do I delete my account?",
                "The cat sleeps on the warm roof")) {
            List<Embedding> both =
                    model.embed(EmbeddingRequest.of(List.of(question, other))).embeddings();
            LOG.log(
                    Level.INFO,
                    "cosine {0} {1}",
                    Math.round(100 * both.getFirst().cosine(both.getLast())) / 100.0,
                    other);
        }
    }

    private static long rate(MiniLm model, String text, int count, int callers) {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                threads.execute(() -> embed(model, text, count));
            }
        }
        return 1_000_000_000L * count * callers / (System.nanoTime() - start);
    }

    private static void embed(MiniLm model, String text, int count) {
        model.embed(EmbeddingRequest.of(Collections.nCopies(count, text)));
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }

    private static long residentKilobytes() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
