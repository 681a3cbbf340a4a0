package dev.mortise.automotive.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.automotive.AutomotiveSettings.KeepText;
import dev.mortise.automotive.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("I2")
final class DecisionDraftTest {
    private final JsonMapper json = JsonMapper.shared();

    private DecisionDraft draft(String message, KeepText keep) {
        return DecisionDraft.of(
                "key",
                Message.of(json.readTree(message)),
                json.readTree("{\"classify\": {\"decided\": false, \"reason\": \"unsure\", \"confidence\": 0.2}}"),
                new DecisionDraft.Recording("0.1.0", keep, false, json.createObjectNode()));
    }

    @Test
    void whatIsNotDecidedIsForAPerson() {
        DecisionDraft draft = draft("{\"id\": \"m\", \"text\": \"hm\"}", KeepText.EXCERPT);
        assertThat(draft.decidedBy()).isEqualTo("person");
        assertThat(draft.reason()).isEqualTo("unsure");
    }

    @Test
    void anExcerptNamesNobody() {
        String text = "{\"id\": \"m\", \"text\": \"call 617-555-0142 or a@b.com, VIN 1M8GDM9AXKP042788\\u0000\"}";
        assertThat(draft(text, KeepText.EXCERPT).excerpt())
                .doesNotContain("555")
                .doesNotContain("@")
                .doesNotContain("042788");
        assertThat(draft(text, KeepText.FULL).excerpt())
                .contains("617-555-0142")
                .doesNotContain("\u0000");
        assertThat(draft(text, KeepText.NONE).excerpt()).isNull();
    }

    @Test
    void aMessageWithoutAnIdCannotBeRecorded() {
        assertThatThrownBy(() -> draft("{\"text\": \"hm\"}", KeepText.NONE)).hasMessageContaining("id");
    }
}
