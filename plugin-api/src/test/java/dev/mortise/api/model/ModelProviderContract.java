package dev.mortise.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mortise.api.error.MortiseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ModelProvider} keeps. A provider's test extends this class and gives the provider, ready to be
 * called; checks of a kind of model that it does not offer are skipped.
 */
@Tag("K3")
public abstract class ModelProviderContract {
    private static final List<String> TEXTS = List.of(
            "My brakes squeal when I stop",
            "I would like to sell my car",
            "Größe, naïveté, 東京, Привет, 😀",
            "\u0000\u0007 control \u200B characters \uFFFD");

    /** Returns the provider under test; the same one at every call within a test. */
    protected abstract ModelProvider provider();

    /** Returns a model whose runtime or vendor cannot be reached. */
    protected abstract Model unreachableModel();

    @Test
    void theNameIsStableAndShort() {
        String name = provider().name();
        assertThat(name).matches("[a-z][a-z0-9-]{0,62}");
        assertThat(provider().name()).isEqualTo(name);
    }

    @Test
    void theIdsAreUniqueAndNotBlank() {
        List<String> ids =
                provider().models().stream().map(model -> model.info().id()).toList();
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().noneMatch(String::isBlank);
    }

    @Test
    void theDescriptionFitsTheKindOfModel() {
        for (Model model : provider().models()) {
            ModelInfo info = model.info();
            assertThat(info.kind()).isEqualTo(model instanceof ChatModel ? ModelKind.CHAT : ModelKind.EMBEDDING);
            assertThat(info.maxInputTokens()).isNotNegative();
            assertThat(info.dimensions()).isNotNegative();
            assertThat(model.info()).isEqualTo(info);
        }
    }

    @Test
    void vectorsHaveLengthOneAndTheDimensionsThatWereAnnounced() {
        for (EmbeddingModel model : embeddingModels()) {
            for (Embedding embedding : embed(model, TEXTS)) {
                assertThat(lengthOf(embedding)).isCloseTo(1.0, within(1e-5));
                if (model.info().dimensions() > 0) {
                    assertThat(embedding.dimensions()).isEqualTo(model.info().dimensions());
                }
            }
        }
    }

    @Test
    void embeddingsComeInTheOrderOfTheTexts() {
        for (EmbeddingModel model : embeddingModels()) {
            List<String> backwards = new ArrayList<>(TEXTS);
            Collections.reverse(backwards);
            List<Embedding> embeddings = new ArrayList<>(embed(model, backwards));
            Collections.reverse(embeddings);
            assertThat(embeddings).isEqualTo(embed(model, TEXTS));
        }
    }

    @Test
    void equalTextsGiveEqualVectorsWhateverStandsBesideThem() {
        for (EmbeddingModel model : embeddingModels()) {
            Embedding alone = embed(model, List.of("noise")).getFirst();
            List<Embedding> among = embed(model, List.of("noise", "a much longer text ".repeat(20), "noise"));
            assertThat(among.getFirst()).isEqualTo(alone);
            assertThat(among.getLast()).isEqualTo(alone);
        }
    }

    @Test
    void theUsageOfAnEmbeddingIsCounted() {
        for (EmbeddingModel model : embeddingModels()) {
            TokenUsage usage = model.embed(EmbeddingRequest.of(TEXTS)).usage();
            assertThat(usage.inputTokens()).isPositive();
            assertThat(usage.outputTokens()).isZero();
        }
    }

    @Test
    void emptyAndHugeTextsAreAnsweredOrRefusedByName() {
        for (EmbeddingModel model : embeddingModels()) {
            for (String text : List.of("", " ", "noise ".repeat(200_000), "x".repeat(1_000_000))) {
                answeredOrRefused(model, text);
            }
        }
    }

    private static void answeredOrRefused(EmbeddingModel model, String text) {
        try {
            assertThat(lengthOf(embed(model, List.of(text)).getFirst())).isCloseTo(1.0, within(1e-5));
        } catch (MortiseException e) {
            assertThat(e.errorCode()).isEqualTo(ModelError.REQUEST_REFUSED);
        }
    }

    @Test
    void manyVirtualThreadsMayEmbedAtATime() throws InterruptedException, ExecutionException {
        for (EmbeddingModel model : embeddingModels()) {
            List<Embedding> expected = embed(model, TEXTS);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<List<Embedding>>> results = Stream.generate(() -> threads.submit(() -> embed(model, TEXTS)))
                        .limit(64)
                        .toList();
                for (Future<List<Embedding>> result : results) {
                    assertThat(result.get()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aChatModelAnswersAndCounts() {
        for (ChatModel model : chatModels()) {
            ChatReply reply = model.chat(ChatRequest.of(ChatMessage.user("Say: größe 東京 😀")));
            assertThat(reply.content()).isNotNull();
            assertThat(reply.model()).isNotBlank();
            assertThat(reply.usage().inputTokens()).isNotNegative();
            assertThat(reply.usage().outputTokens()).isNotNegative();
        }
    }

    @Test
    void anUnreachableModelFailsByName() {
        Model model = unreachableModel();
        assertThatThrownBy(() -> {
                    switch (model) {
                        case ChatModel chat -> chat.chat(ChatRequest.of(ChatMessage.user("Hello")));
                        case EmbeddingModel embedding -> embedding.embed(EmbeddingRequest.of(List.of("Hello")));
                    }
                })
                .isInstanceOfSatisfying(MortiseException.class, failure -> {
                    assertThat(failure.errorCode()).isEqualTo(ModelError.UNAVAILABLE);
                    assertThat(failure.getMessage()).isNotBlank();
                    assertThat(failure.remedy()).isNotBlank();
                });
    }

    private List<EmbeddingModel> embeddingModels() {
        return of(EmbeddingModel.class);
    }

    private List<ChatModel> chatModels() {
        return of(ChatModel.class);
    }

    private <M extends Model> List<M> of(Class<M> kind) {
        List<M> models = provider().models().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        Assumptions.assumeFalse(models.isEmpty(), () -> "The provider offers no " + kind.getSimpleName());
        return models;
    }

    private static List<Embedding> embed(EmbeddingModel model, List<String> texts) {
        return model.embed(new EmbeddingRequest(Optional.empty(), texts)).embeddings();
    }

    private static double lengthOf(Embedding embedding) {
        double squares = 0;
        for (float value : embedding.toArray()) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
