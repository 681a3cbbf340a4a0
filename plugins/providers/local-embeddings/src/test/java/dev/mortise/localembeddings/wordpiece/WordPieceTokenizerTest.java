package dev.mortise.localembeddings.wordpiece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Compares with Hugging Face's own tokenizer, which reads the same file. */
@Tag("R3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WordPieceTokenizerTest {
    private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";

    private HuggingFaceTokenizer reference;
    private WordPieceTokenizer tokenizer;

    @BeforeAll
    void readBoth(@TempDir Path folder) throws IOException {
        System.setProperty("DJL_CACHE_DIR", folder.toString());
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try (InputStream in = file()) {
            reference = HuggingFaceTokenizer.newInstance(in, Map.of("padding", "false", "truncation", "false"));
        }
        try (InputStream in = file()) {
            tokenizer = WordPieceTokenizer.of(new JsonMapper().readTree(in));
        }
    }

    @AfterAll
    void closeReference() {
        reference.close();
    }

    private static InputStream file() {
        return Objects.requireNonNull(WordPieceTokenizerTest.class.getResourceAsStream(FILE));
    }

    @Test
    void everyTextOfTheCorpusGivesTheReferencesIds() {
        long seed = System.nanoTime();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", seed);
        List<String> corpus = TokenizerCorpus.texts(seed);
        assertThat(corpus).hasSizeGreaterThan(2_000);
        List<String> different = corpus.stream()
                .filter(text -> !Arrays.equals(tokenizer.encode(text, Integer.MAX_VALUE), reference(text)))
                .map(this::explain)
                .toList();
        assertThat(different).as("with seed %d", seed).isEmpty();
    }

    /** The reference's tables are those of Unicode 8 (2015); marks and punctuation that came later differ. */
    @Test
    void everyCharacterOfUnicodeGivesTheReferencesIdsExceptTheNewest() {
        List<Integer> different = IntStream.concat(IntStream.range(1, 0xD800), IntStream.range(0xE000, 0x30000))
                .filter(character -> {
                    String text = "a" + Character.toString(character) + "b";
                    return !Arrays.equals(tokenizer.encode(text, Integer.MAX_VALUE), reference(text));
                })
                .boxed()
                .toList();
        assertThat(different).hasSizeLessThan(700).allMatch(character -> character > 0x600);
    }

    private int[] reference(String text) {
        return Arrays.stream(reference.encode(text).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private String explain(String text) {
        Encoding expected = reference.encode(text);
        StringBuilder codes = new StringBuilder();
        text.codePoints()
                .limit(60)
                .forEach(character ->
                        codes.append(Integer.toHexString(character)).append(' '));
        return codes + "expected " + Arrays.toString(expected.getTokens()) + " "
                + Arrays.toString(expected.getIds()) + " got "
                + Arrays.toString(tokenizer.encode(text, Integer.MAX_VALUE));
    }

    @Test
    void aLongTextIsCutAndStillEndsWithTheMarkOfTheEnd() {
        int[] all = tokenizer.encode("noise ".repeat(1_000), Integer.MAX_VALUE);
        int[] cut = tokenizer.encode("noise ".repeat(1_000), 256);
        assertThat(cut).hasSize(256).startsWith(Arrays.copyOf(all, 255)).endsWith(all[all.length - 1]);
    }

    @Test
    void aHugeTextIsReadOnlyAsFarAsNeeded() {
        String huge = "brakes ".repeat(20_000_000 / 7);
        long start = System.nanoTime();
        assertThat(tokenizer.encode(huge, 256)).hasSize(256);
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }

    @Test
    void anEmptyTextIsBeginAndEnd() {
        assertThat(tokenizer.encode("", 256)).containsExactly(101, 102);
    }

    @Test
    void aFileForAnotherKindOfModelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WordPieceTokenizer.of(new JsonMapper().readTree("{\"model\":{\"type\":\"BPE\"}}")))
                .withMessageContaining("WordPiece");
    }
}
