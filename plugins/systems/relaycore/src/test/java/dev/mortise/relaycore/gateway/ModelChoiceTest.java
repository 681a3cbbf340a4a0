package dev.mortise.relaycore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.model.ModelInfo;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.ModelListing;
import dev.mortise.relaycore.RelayError;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R1")
final class ModelChoiceTest {
    private static final ModelListing LOCAL = embedding("local-embeddings", "all-minilm-l6-v2");
    private static final ModelListing HOSTED = embedding("openai", "main/all-minilm-l6-v2");
    private static final ModelListing LARGE = embedding("openai", "main/large");
    private static final ModelListing CHAT =
            new ModelListing("openai", new ModelInfo("main/meta/chat-8b", ModelKind.CHAT, 0, 0));

    private static ModelListing embedding(String provider, String id) {
        return new ModelListing(provider, new ModelInfo(id, ModelKind.EMBEDDING, 0, 384));
    }

    private static ModelListing choose(String name, ModelListing... offered) {
        return new ModelChoice(List.of(offered), ModelKind.EMBEDDING).choose(Optional.of(name), Optional.empty());
    }

    @Test
    void theFullNameMeansExactlyThatModel() {
        assertThat(choose("local-embeddings/all-minilm-l6-v2", LOCAL, HOSTED)).isEqualTo(LOCAL);
    }

    @Test
    void theBareIdIsEnoughWhereItIsUnique() {
        assertThat(choose("large", LOCAL, HOSTED, LARGE)).isEqualTo(LARGE);
        assertThat(choose("main/large", LOCAL, HOSTED, LARGE)).isEqualTo(LARGE);
    }

    @Test
    void anIdMayContainSlashes() {
        assertThat(new ModelChoice(List.of(LOCAL, CHAT), ModelKind.CHAT)
                        .choose(Optional.of("meta/chat-8b"), Optional.empty()))
                .isEqualTo(CHAT);
    }

    @Test
    void anAmbiguousIdIsRefusedWithItsCandidates() {
        refused(RelayError.MODEL_AMBIGUOUS, () -> choose("all-minilm-l6-v2", LOCAL, HOSTED))
                .hasMessageContaining("local-embeddings/all-minilm-l6-v2, openai/main/all-minilm-l6-v2");
    }

    @Test
    void anUnknownNameIsRefusedWithWhatIsOffered() {
        refused(ModelError.NOT_FOUND, () -> choose("gpt", LOCAL, CHAT))
                .hasMessageContaining("\"gpt\"")
                .hasMessageContaining("local-embeddings/all-minilm-l6-v2")
                .hasMessageNotContaining("chat-8b");
    }

    @Test
    void aPartOfAnIdIsNoName() {
        refused(ModelError.NOT_FOUND, () -> choose("arge", LARGE));
    }

    @Test
    void withoutANameTheDefaultAnswers() {
        ModelChoice choice = new ModelChoice(List.of(LOCAL, HOSTED, LARGE), ModelKind.EMBEDDING);
        assertThat(choice.choose(Optional.empty(), Optional.of("openai/main/large")))
                .isEqualTo(LARGE);
    }

    @Test
    void withoutADefaultTheOnlyProvidersFirstModelAnswers() {
        ModelChoice choice = new ModelChoice(List.of(HOSTED, LARGE, CHAT), ModelKind.EMBEDDING);
        assertThat(choice.choose(Optional.empty(), Optional.empty())).isEqualTo(HOSTED);
    }

    @Test
    void withSeveralProvidersAndNoDefaultTheRequestMustNameOne() {
        refused(
                RelayError.NO_DEFAULT_MODEL,
                () -> new ModelChoice(List.of(LOCAL, HOSTED), ModelKind.EMBEDDING)
                        .choose(Optional.empty(), Optional.empty()));
    }

    @Test
    void withNoProviderTheRemedyIsToInstallOne() {
        refused(
                RelayError.NO_DEFAULT_MODEL,
                () -> new ModelChoice(List.of(LOCAL), ModelKind.CHAT).choose(Optional.empty(), Optional.empty()));
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
            ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        failure -> assertThat(failure.errorCode()).isEqualTo(code));
    }
}
