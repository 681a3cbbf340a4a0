package dev.mortise.localembeddings;

import dev.mortise.localembeddings.onnx.OnnxEncoder;
import dev.mortise.localembeddings.onnx.OnnxException;
import dev.mortise.localembeddings.wordpiece.WordPieceTokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The model in memory: its tokenizer and its network. Thread-safe. */
final class LoadedModel implements AutoCloseable {
    static final int DIMENSIONS = 384;
    static final int MAX_TOKENS = 256;

    private static final String NETWORK = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final WordPieceTokenizer tokenizer;
    private final OnnxEncoder encoder;

    private LoadedModel(WordPieceTokenizer tokenizer, OnnxEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /** Reads the model out of the plugin's jar by way of files in the folder, which are removed again. */
    static LoadedModel read(NativePlatform platform, JsonMapper json, Path folder) throws IOException, OnnxException {
        WordPieceTokenizer tokenizer;
        try (InputStream in = open(TOKENIZER)) {
            tokenizer = WordPieceTokenizer.of(json.readTree(in));
        }
        Path library = folder.resolve("libonnxruntime.so");
        Path network = folder.resolve("model.onnx");
        try {
            unpack(platform.library(), library);
            unpack(NETWORK, network);
            return new LoadedModel(tokenizer, OnnxEncoder.open(library, network, DIMENSIONS));
        } finally {
            // A mapped file stays usable without its name; removed now, it cannot be left behind by a killed server.
            Files.deleteIfExists(network);
            Files.deleteIfExists(library);
        }
    }

    private static InputStream open(String resource) throws FileNotFoundException {
        InputStream in = LoadedModel.class.getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException("The plugin's jar lacks " + resource);
        }
        return in;
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (InputStream in = open(resource)) {
            Files.copy(in, target);
        }
    }

    int[] tokens(String text) {
        return tokenizer.encode(text, MAX_TOKENS);
    }

    /**
     * Returns the mean of the tokens' rows, scaled to length 1: the pooling that the model was trained with (Reimers
     * and Gurevych 2019).
     */
    float[] embed(int[] tokens) throws OnnxException {
        float[] rows = encoder.encode(tokens);
        double[] sum = new double[DIMENSIONS];
        for (int i = 0; i < rows.length; i++) {
            sum[i % DIMENSIONS] += rows[i];
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        double length = Math.sqrt(squares);
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (sum[i] / length);
        }
        return vector;
    }

    @Override
    public void close() throws OnnxException {
        encoder.close();
    }
}
