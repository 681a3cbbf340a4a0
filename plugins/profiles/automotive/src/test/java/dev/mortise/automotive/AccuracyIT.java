package dev.mortise.automotive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often the profile decides and is right, with the real model. The figures and every miss are written to
 * {@code target/accuracy-*.txt}.
 */
@Tag("I2")
final class AccuracyIT {
    private static final double LEAST_RIGHT = 0.90;
    private static final double LEAST_DECIDED = 0.70;
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(strings = {"mortise-automotive-0.1.0.jar", "mortise-automotive-0.1.0-next.jar"})
    void whatIsDecidedIsRight(String jar) {
        try (TestKernel kernel = TestKernel.start(
                Path.of("../../systems/relaycore/target/mortise-relaycore-0.1.0.jar"),
                Path.of("../../providers/local-embeddings/target/mortise-local-embeddings-0.1.0.jar"),
                Path.of("target", jar))) {
            Figures tune = measure(kernel, "tune", jar);
            Figures holdout = measure(kernel, "holdout", jar);
            assertThat(tune.right()).isGreaterThanOrEqualTo(LEAST_RIGHT);
            assertThat(tune.decided()).isGreaterThanOrEqualTo(LEAST_DECIDED);
            assertThat(holdout.right()).isGreaterThanOrEqualTo(LEAST_RIGHT);
            assertThat(holdout.decided()).isGreaterThanOrEqualTo(LEAST_DECIDED);
        }
    }

    /**
     * What was measured.
     *
     * @param right share of the decided messages whose intent is one of the label's
     * @param decided share of the messages that need no person that are decided
     */
    private record Figures(double right, double decided) {}

    private static Figures measure(TestKernel kernel, String part, String jar) {
        List<String> lines = new ArrayList<>();
        int decided = 0;
        int right = 0;
        int forProfile = 0;
        int urgent = 0;
        for (JsonNode message : LabelledMessages.of(part)) {
            JsonNode label = message.path("label");
            boolean person = label.path("person").asBoolean();
            forProfile += person ? 0 : 1;
            JsonNode result = classify(kernel, message);
            List<String> intents = LabelledMessages.texts(label.path("intents"));
            boolean isRight = intents.contains(result.path("intent").asString("none"));
            String verdict = result.path("decided").asBoolean() ? (isRight ? "right" : "WRONG") : "person";
            if (!verdict.equals("person")) {
                decided++;
                right += isRight ? 1 : 0;
                urgent += urgency(kernel, message, result)
                                .equals(label.path("urgency").asString())
                        ? 1
                        : 0;
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %-6s %.3f %-17s %-14s %s %s | %s",
                    message.path("id").asString(),
                    verdict,
                    result.path("confidence").asDouble(0),
                    result.path("intent").asString("-"),
                    result.path("reason").asString("-"),
                    intents,
                    result.path("wishes"),
                    message.path("text").asString().replace('\n', ' ')));
        }
        Figures figures = new Figures((double) right / decided, (double) decided / forProfile);
        lines.add(String.format(
                Locale.ROOT,
                "figures of %s on %s: right %d of %d decided (%.1f %%), decided %.1f %% of %d, urgency right %.1f %%",
                jar,
                part,
                right,
                decided,
                100 * figures.right(),
                100 * figures.decided(),
                forProfile,
                100.0 * urgent / decided));
        write(Path.of("target", "accuracy-" + part + (jar.contains("next") ? "-next" : "") + ".txt"), lines);
        return figures;
    }

    private static JsonNode classify(TestKernel kernel, JsonNode message) {
        ObjectNode input = JSON.createObjectNode();
        input.set("message", message);
        return call(kernel, "automotive.classify", input);
    }

    private static String urgency(TestKernel kernel, JsonNode message, JsonNode classification) {
        ObjectNode input = JSON.createObjectNode();
        input.set("message", message);
        input.set("classification", classification);
        return call(kernel, "automotive.route", input).path("urgency").asString();
    }

    private static JsonNode call(TestKernel kernel, String node, JsonNode input) {
        NodeCall call =
                new NodeCall(UUID.randomUUID(), "step", 1, UUID.randomUUID().toString(), input);
        return kernel.call(NodeType.class, node, type -> type.execute(call));
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
