package dev.mortise.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ModelGateway} keeps. A gateway's test extends this class and gives the gateway, with at least one
 * model behind it; checks of a kind of model that nobody offers are skipped.
 */
@Tag("K3")
@Tag("R1")
public abstract class ModelGatewayContract {
    private static final String NO_SUCH = "no-such-provider/no-such-model";
    private static final List<String> TEXTS = List.of("My brakes squeal", "I would like to sell my car", "東京 😀");

    /** Returns the gateway under test. */
    protected abstract ModelGateway gateway();

    @Test
    void theNameIsStable() {
        assertThat(gateway().name()).isNotBlank().isEqualTo(gateway().name());
    }

    @Test
    void everyModelIsListedOnceInOrderOfItsQualifiedName() {
        assertThat(gateway().models().stream().map(ModelListing::qualifiedName))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void aModelAnswersToItsQualifiedName() {
        for (ModelListing listing : offered(ModelKind.EMBEDDING)) {
            EmbeddingReply reply = embed(listing.qualifiedName(), TEXTS);
            assertThat(reply.embeddings()).hasSameSizeAs(TEXTS);
            assertThat(reply.usage().inputTokens()).isPositive();
        }
    }

    @Test
    void aChatModelAnswersToItsQualifiedName() {
        for (ModelListing listing : offered(ModelKind.CHAT)) {
            assertThat(gateway()
                            .chat(chat(Optional.of(listing.qualifiedName())))
                            .content())
                    .isNotNull();
        }
    }

    @Test
    void aNameThatIsUniqueNeedsNoProvider() {
        List<ModelListing> all = gateway().models();
        for (ModelListing listing : offered(ModelKind.EMBEDDING)) {
            String id = listing.info().id();
            if (all.stream().filter(each -> each.info().id().equals(id)).count() == 1) {
                assertThat(embed(id, TEXTS)).isEqualTo(embed(listing.qualifiedName(), TEXTS));
            }
        }
    }

    @Test
    void embeddingsComeInTheOrderOfTheTexts() {
        String model = offered(ModelKind.EMBEDDING).getFirst().qualifiedName();
        List<String> backwards = new ArrayList<>(TEXTS);
        Collections.reverse(backwards);

        List<Embedding> embeddings = new ArrayList<>(embed(model, backwards).embeddings());
        Collections.reverse(embeddings);

        assertThat(embeddings).isEqualTo(embed(model, TEXTS).embeddings());
    }

    @Test
    void aModelThatNobodyOffersIsNotFound() {
        assertNotFound(() -> embed(NO_SUCH, TEXTS));
        assertNotFound(() -> gateway().chat(chat(Optional.of(NO_SUCH))));
    }

    @Test
    void aModelOfTheOtherKindIsNotFoundEither() {
        for (ModelListing listing : gateway().models()) {
            String name = listing.qualifiedName();
            switch (listing.info().kind()) {
                case CHAT -> assertNotFound(() -> embed(name, TEXTS));
                case EMBEDDING -> assertNotFound(() -> gateway().chat(chat(Optional.of(name))));
            }
        }
    }

    @Test
    void withoutANameTheOnlyProviderOfThatKindAnswersOrNobody() {
        long providers = gateway().models().stream()
                .filter(listing -> listing.info().kind() == ModelKind.CHAT)
                .map(ModelListing::provider)
                .distinct()
                .count();
        Assumptions.assumeTrue(providers == 0, "with a chat model the default may be any");
        assertThatThrownBy(() -> gateway().chat(chat(Optional.empty())))
                .isInstanceOfSatisfying(MortiseException.class, failure -> {
                    assertThat(failure.errorCode().category()).isEqualTo(ErrorCategory.NOT_FOUND);
                    assertThat(failure.remedy()).isNotBlank();
                });
    }

    @Test
    void manyThreadsMayAskAtOnce() throws InterruptedException, ExecutionException {
        String model = offered(ModelKind.EMBEDDING).getFirst().qualifiedName();
        List<Embedding> expected = embed(model, TEXTS).embeddings();
        Callable<EmbeddingReply> ask = () -> embed(model, TEXTS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<EmbeddingReply>> replies =
                    IntStream.range(0, 32).mapToObj(_ -> threads.submit(ask)).toList();
            for (Future<EmbeddingReply> reply : replies) {
                assertThat(reply.get().embeddings()).isEqualTo(expected);
            }
        }
    }

    private List<ModelListing> offered(ModelKind kind) {
        List<ModelListing> offered = gateway().models().stream()
                .filter(listing -> listing.info().kind() == kind)
                .toList();
        Assumptions.assumeFalse(offered.isEmpty(), () -> "nobody offers a model of the kind " + kind);
        return offered;
    }

    private EmbeddingReply embed(String model, List<String> texts) {
        return gateway().embed(new EmbeddingRequest(Optional.of(model), texts));
    }

    private static ChatRequest chat(Optional<String> model) {
        return new ChatRequest(model, List.of(ChatMessage.user("Hello")), OptionalDouble.empty(), OptionalInt.of(16));
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MortiseException.class, failure -> {
            assertThat(failure.errorCode()).isEqualTo(ModelError.NOT_FOUND);
            assertThat(failure.remedy()).isNotBlank();
        });
    }
}
