package dev.mortise.automotive.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.automotive.AutomotiveSettings;
import dev.mortise.automotive.BundledYaml;
import dev.mortise.automotive.extract.FactExtractor;
import dev.mortise.automotive.extract.Facts;
import dev.mortise.automotive.intent.Intent;
import dev.mortise.automotive.intent.IntentCatalogue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("I2")
final class RepliesTest {
    private final BundledYaml yaml = new BundledYaml(JsonMapper.shared());
    private final Templates templates = new Templates(Phrasebook.load(yaml), AutomotiveSettings.defaults());
    private final Facts facts = new FactExtractor("US", ZoneOffset.UTC, true)
            .extract("Friday at 9?\nThanks,\nPaul Denning\n617-555-0142", Instant.parse("2026-03-02T08:00:00Z"), "");

    private Reply draft(String intent, Facts given) {
        return templates.draft(intent, given, "en").orElseThrow();
    }

    @Test
    void aReplyUsesWhatIsKnownAndAsksForTheRest() {
        Reply reply = draft("book-service", facts);
        assertThat(reply.text()).startsWith("Hello Paul Denning,").contains("Friday, March 6 at 09:00");
        assertThat(reply.missing()).containsExactly("vin", "mileage");
        assertThat(reply.text()).contains("current mileage").endsWith("Your service team");
    }

    @Test
    void everyWishHasAReplyThatNeedsNoFacts() {
        for (Intent intent : IntentCatalogue.load(yaml).intents()) {
            if (!intent.isNone()) {
                assertThat(draft(intent.id(), Facts.none()).text())
                        .startsWith("Hello,")
                        .doesNotContain("{{");
            }
        }
    }

    @Test
    void aWishWithoutATextHasNoReply() {
        assertThat(templates.draft("none", facts, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello Paul, your oil change costs 79 and is confirmed by our team for Friday.",
                "Hello Paul, please come on Wednesday and bring the vehicle with you to the shop.",
                "Hello Paul, we will gladly do this free of charge for you, see you at the shop soon.",
                "Hello Paul, please look at https://example.com for further details on our services.",
                "short"
            })
    void aDraftThatInventsIsThrownAway(String draft) {
        assertThat(DraftCheck.objection(
                        draft, List.of(draft("book-service", facts).text())))
                .isPresent();
    }

    @Test
    void aDraftThatKeepsToTheFactsIsUsed() {
        assertThat(DraftCheck.objection(
                        "Hello Paul Denning, we have noted Friday, March 6 at 09:00 and will come back to you soon.",
                        List.of(draft("book-service", facts).text())))
                .isEmpty();
    }
}
