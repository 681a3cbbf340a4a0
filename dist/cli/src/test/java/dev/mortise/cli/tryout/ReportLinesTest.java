package dev.mortise.cli.tryout;

import static dev.mortise.cli.tryout.Samples.decided;
import static dev.mortise.cli.tryout.Samples.handedOver;
import static dev.mortise.cli.tryout.Samples.label;
import static dev.mortise.cli.tryout.Samples.outcome;
import static dev.mortise.cli.tryout.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.tryout.Outcome.Failed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportLinesTest {
    private final Tally tally = new Tally();

    @Test
    void theReportSaysWhatWasDecidedAndHowItCompares() {
        tally.add(outcome("a", Optional.of(label("repair-problem")), decided("repair-problem")));
        tally.add(outcome("b", Optional.of(label("parts-order")), decided("repair-problem")));
        tally.add(outcome("c", Optional.of(label("parts-order")), handedOver("unsure")));

        assertThat(text())
                .contains("3 messages of inbox.jsonl in 2.0 s (2 a second, 8 at a time)")
                .containsPattern("decided by the profile +2 +66\\.7 %, goal at least 70\\.0 %")
                .containsPattern("service +repair-problem +2 +- +- +2 +-")
                .contains("Handed to a person because: unsure 1")
                .contains("Of 2 decided messages with a label, 1 meet it: 50.0 %, goal at least 90.0 %")
                .contains("missed: b is parts-order, decided as repair-problem")
                .containsPattern("decided, end to end +5\\.0 +5\\.0 +5\\.0 +5\\.0")
                .contains("Decided by version: 0.1.0 3");
    }

    @Test
    void hostileIdsAndMessagesCannotSteerTheTerminal() {
        tally.add(outcome("\u001b[2Jx\u202Ey", Optional.empty(), new Failed("c\nd", "\u0007" + "m".repeat(999))));

        assertThat(text()).doesNotContain("\u001b", "\u202E", "\u0007", "c\nd").contains("failed:", " …");
    }

    @Test
    void noMessagesAtAllIsAReportToo() {
        assertThat(text()).contains("0 messages");
    }

    @Test
    void theJsonDocumentHasTheSameNumbers() {
        tally.add(outcome("a", Optional.of(label("repair-problem")), decided("repair-problem")));
        JsonNode json = JsonMapper.shared().valueToTree(report(tally));

        assertThat(json.path("counts").path("decided").asInt(0)).isEqualTo(1);
        assertThat(json.path("labels").path("met").asInt(0)).isEqualTo(1);
        assertThat(json.path("endToEndMillis").path("p99").asDouble(0)).isEqualTo(5.0);
        assertThat(json.path("frame").path("update").isNull()).isTrue();
    }

    private String text() {
        return String.join("\n", new ReportLines(report(tally)).lines());
    }
}
