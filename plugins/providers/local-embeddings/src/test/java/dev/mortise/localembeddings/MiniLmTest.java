package dev.mortise.localembeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.Model;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.model.ModelProvider;
import dev.mortise.api.model.ModelProviderContract;
import dev.mortise.localembeddings.onnx.OnnxException;
import dev.mortise.localembeddings.wordpiece.WordPieceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The real model, as the plugin runs it. */
@Tag("R3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MiniLmTest extends ModelProviderContract {
    private final MiniLm model = new MiniLm(2);
    private Path folder = Path.of("");

    @BeforeAll
    void load(@TempDir Path scratch) {
        folder = scratch;
        model.load(() -> LoadedModel.read(NativePlatform.current(), new JsonMapper(), scratch));
        model.embed(EmbeddingRequest.of(List.of("The load has ended.")));
    }

    @AfterAll
    void close() throws OnnxException {
        model.close();
    }

    @Override
    protected ModelProvider provider() {
        return new LocalEmbeddings(model);
    }

    @Override
    protected Model unreachableModel() {
        MiniLm broken = new MiniLm(1);
        broken.load(() -> {
            throw new IOException("No space left on device");
        });
        return broken;
    }

    @Test
    void paraphrasesAreNearAndOtherTextsFar() {
        assertThat(cosine("How do I reset my password?", "I forgot my password, how can I change it?"))
                .isGreaterThan(0.7);
        assertThat(cosine("My brakes squeal", "There is a squealing noise when I brake"))
                .isGreaterThan(0.7);
        assertThat(cosine("How do I reset my password?", "The cat sleeps on the warm roof"))
                .isLessThan(0.2);
    }

    /** Our way of calling the library against the binding that comes with it. */
    @Test
    void theVectorsAreThoseOfTheLibrarysOwnJavaBinding() throws OrtException, IOException {
        String text = "There is a grinding noise from the front left wheel";
        int[] tokens;
        try (InputStream in = resource("/all-minilm-l6-v2-q-tokenizer.json")) {
            tokens = WordPieceTokenizer.of(new JsonMapper().readTree(in)).encode(text, LoadedModel.MAX_TOKENS);
        }
        assertThat(model.embed(EmbeddingRequest.of(List.of(text)))
                        .embeddings()
                        .getFirst()
                        .toArray())
                .containsExactly(JavaBinding.embed(tokens), within(1e-6f));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(MiniLmTest.class.getResourceAsStream(name));
    }

    /** Release 1.29.0 of ONNX Runtime sends telemetry from Linux; a server that says "offline" must not. */
    @Test
    void theNativeLibrariesKnowNoTelemetryServer() throws IOException {
        for (String platform : List.of("linux-x64", "linux-aarch64")) {
            try (InputStream in = resource(new NativePlatform(platform).library())) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("events.data.microsoft.com");
            }
        }
    }

    @Test
    void nothingIsLeftInTheScratchFolder() {
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aClosedModelSaysSo() throws OnnxException {
        MiniLm closed = new MiniLm(1);
        closed.load(() -> LoadedModel.read(NativePlatform.current(), new JsonMapper(), folder));
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.embed(EmbeddingRequest.of(List.of("text"))))
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        failure -> assertThat(failure.errorCode()).isEqualTo(ModelError.UNAVAILABLE));
    }

    private double cosine(String one, String other) {
        List<Embedding> both =
                model.embed(EmbeddingRequest.of(List.of(one, other))).embeddings();
        return both.getFirst().cosine(both.getLast());
    }
}
