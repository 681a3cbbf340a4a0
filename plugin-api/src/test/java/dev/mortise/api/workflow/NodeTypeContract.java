package dev.mortise.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every {@link NodeType} keeps. A node's test extends this class and gives the node, ready to be called, with an
 * input that it takes and one that it refuses.
 */
@Tag("K3")
public abstract class NodeTypeContract {
    private static final int CALLERS = 8;
    private static final int CALLS = 25;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Returns the node under test; the same one at every call within a test. */
    protected abstract NodeType node();

    /** Returns an input that the node takes. */
    protected abstract JsonNode sampleInput();

    /** Returns an input that the node must refuse as invalid; an empty object by default. */
    protected JsonNode badInput() {
        return JSON.createObjectNode();
    }

    /** Returns whether the node takes every object, so that there is none to refuse. */
    protected boolean takesAnyInput() {
        return false;
    }

    private static NodeCall call(JsonNode input) {
        UUID run = UUID.randomUUID();
        return new NodeCall(run, "step", 1, run + "/step/1", input);
    }

    @Test
    void theNameIsThePluginsAndAWord() {
        String name = node().name();

        assertThat(name).matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*").hasSizeLessThanOrEqualTo(100);
        assertThat(node().name()).isEqualTo(name);
    }

    @Test
    void theDescriptionIsConstantAndForPeople() {
        NodeDescription description = node().describe();

        assertThat(description.title()).isNotBlank().hasSizeLessThanOrEqualTo(60);
        assertThat(description.summary()).isNotBlank().hasSizeLessThanOrEqualTo(300);
        node().execute(call(sampleInput()));
        assertThat(node().describe()).isEqualTo(description);
    }

    @Test
    void theOutputSurvivesAsJson() {
        JsonNode output = node().execute(call(sampleInput()));

        assertThat(output).isNotNull();
        assertThat(JSON.readTree(JSON.writeValueAsString(output))).hasToString(output.toString());
    }

    @Test
    void theInputIsLeftAsItWas() {
        JsonNode input = sampleInput();
        String before = input.toString();

        node().execute(call(input));

        assertThat(input).hasToString(before);
    }

    @Test
    void theSameKeyGivesTheSameOutput() {
        Assumptions.assumeTrue(node().describe().effect() != Effect.AT_MOST_ONCE, "this node is never called twice");
        NodeCall call = call(sampleInput());

        JsonNode first = node().execute(call);
        JsonNode second = node().execute(call);

        assertThat(second).hasToString(first.toString());
    }

    @Test
    void manyThreadsMayCallAtOnce() throws Exception {
        List<Future<JsonNode>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int index = 0; index < CALLS; index++) {
                Callable<JsonNode> one = () -> node().execute(call(sampleInput()));
                answers.add(callers.submit(one));
            }
        }

        for (Future<JsonNode> answer : answers) {
            assertThat(answer.get()).isNotNull();
        }
    }

    @Test
    void aBadInputIsRefusedByName() {
        Assumptions.assumeFalse(takesAnyInput(), "this node takes every input");

        Throwable failure = catchThrowable(() -> node().execute(call(badInput())));

        assertThat(failure).isInstanceOfSatisfying(MortiseException.class, refused -> {
            assertThat(refused.errorCode().category()).isIn(ErrorCategory.INVALID, ErrorCategory.TOO_LARGE);
            assertThat(refused.getMessage()).isNotBlank();
            assertThat(refused.remedy()).isNotBlank();
        });
    }
}
