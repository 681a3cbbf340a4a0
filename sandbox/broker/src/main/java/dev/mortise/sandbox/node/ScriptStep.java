package dev.mortise.sandbox.node;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.sandbox.Grants;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.sandbox.SandboxPlugin;
import dev.mortise.sandbox.run.RunOrder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the nodes of this package have in common: a step's {@code with} is a {@link RunOrder}. */
final class ScriptStep {
    private final SandboxPlugin plugin;
    private final Function<RunOrder, Grants> grants;

    ScriptStep(SandboxPlugin plugin, Function<RunOrder, Grants> grants) {
        this.plugin = plugin;
        this.grants = grants;
    }

    JsonNode execute(JsonNode input) {
        RunOrder order = order(input);
        Outcome outcome = plugin.runner().run(order.request(grants.apply(order)), order.script(), order.inputText());
        return switch (outcome) {
            case Outcome.Completed done -> json().readTree(done.json());
            case Outcome.Failed failed -> throw failure(order, failed);
        };
    }

    private JsonMapper json() {
        return plugin.context().json();
    }

    private RunOrder order(JsonNode input) {
        try {
            RunOrder order = json().treeToValue(input, RunOrder.class);
            if (order.source() == null || order.source().isBlank() || order.language() == null) {
                throw invalid("A step with a script needs language and source", null);
            }
            return order;
        } catch (JacksonException e) {
            throw invalid("The step's \"with\" is no script: " + e.getOriginalMessage(), e);
        }
    }

    private static MortiseException invalid(String what, @Nullable Exception cause) {
        return new MortiseException(
                ApiError.INPUT_INVALID,
                what,
                "Write with: {language: javascript, source: \"function main(input) { … }\", input: ${…}}",
                cause);
    }

    private static MortiseException failure(RunOrder order, Outcome.Failed failed) {
        return new MortiseException(
                failed.kind(),
                failed.inWords(order.script().name()),
                switch (failed.kind()) {
                    case CPU, WALL, MEMORY, STACK, OUTPUT, HOST_CALLS ->
                        "Let the script do less, or give it more by limits";
                    case LOST, PROTOCOL -> "Try again; look at the server's log when it happens often";
                    default -> "Mend the script, and try it with `mortise sandbox run`";
                });
    }
}
