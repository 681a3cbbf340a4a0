package dev.mortise.automatrix.engine;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.workflow.Effect;
import dev.mortise.automatrix.AutomatrixError;
import dev.mortise.automatrix.definition.Step;
import dev.mortise.automatrix.definition.Workflow;
import dev.mortise.automatrix.expression.EvaluationException;
import dev.mortise.automatrix.expression.Scope;
import dev.mortise.automatrix.expression.Template;
import dev.mortise.automatrix.run.ClaimedRun;
import dev.mortise.automatrix.run.JournalRow;
import dev.mortise.automatrix.run.Outcome;
import dev.mortise.automatrix.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * Walks one run through its workflow, from the start. Steps that the journal knows are passed without calling anything,
 * so a fresh run and a resumed one take the same way. The steps' outputs and where the run goes follow from the journal
 * alone.
 */
final class RunLoop {
    /**
     * Long enough not to keep a server busy for a plugin that was removed, short enough not to be felt after a start.
     */
    private static final Duration UNTIL_EXTENSION_IS_SOUGHT_AGAIN = Duration.ofSeconds(2);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ClaimedRun run;
    private final Workflow workflow;
    private final RunWriter writer;
    private final Replay replay;
    private final StepCaller caller;
    private final int stepBudget;
    private final Map<String, JsonNode> outputs = new HashMap<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private final Scope scope;
    private JsonNode last = NullNode.getInstance();

    RunLoop(
            ClaimedRun run,
            Workflow workflow,
            JsonNode input,
            RunWriter writer,
            Replay replay,
            StepCaller caller,
            int stepBudget) {
        this.run = run;
        this.workflow = workflow;
        this.writer = writer;
        this.replay = replay;
        this.caller = caller;
        this.stepBudget = stepBudget;
        JsonNode facts = JSON.objectNode()
                .put("id", run.id().toString())
                .put("startedAt", run.startedAt().toString());
        this.scope = new Scope(input, outputs, facts);
    }

    /**
     * Goes on until the run ends, waits, or its engine stops.
     *
     * @return what became of the run, written already
     * @throws RunWriter.FencedException when another engine owns the run by now
     */
    Outcome walk() {
        String at = workflow.start();
        int taken = 0;
        while (!at.equals(Workflow.END)) {
            if (++taken > stepBudget) {
                return fail(
                        at,
                        new MortiseException(
                                AutomatrixError.STEP_BUDGET,
                                "The run took " + stepBudget + " steps without coming to its end",
                                "Look for a loop in the workflow, or raise stepBudget"));
            }
            int visit = visits.merge(at, 1, Integer::sum);
            switch (workflow.step(at)) {
                case Step.Decide decide -> {
                    try {
                        at = decide(decide, visit);
                    } catch (MortiseException failure) {
                        return fail(at, failure);
                    }
                }
                case Step.Call call -> {
                    Optional<Outcome> stopped = call(call, visit);
                    if (stopped.isPresent()) {
                        return stopped.get();
                    }
                    at = call.next();
                }
            }
        }
        return end();
    }

    private Outcome end() {
        Template output = workflow.output();
        try {
            JsonNode result = output == null ? last : evaluate("output", "", () -> output.fill(scope));
            return writer.leave(new Outcome.Succeeds(result));
        } catch (MortiseException failure) {
            return fail(null, failure);
        }
    }

    private String decide(Step.Decide decide, int visit) {
        Optional<JournalRow> kept = replay.next(decide.id(), visit);
        if (kept.isPresent()) {
            JsonNode output = kept.get().output();
            return output == null ? Workflow.END : output.path("goto").asString(Workflow.END);
        }
        Instant now = Instant.now();
        int taken = 0;
        for (Step.Case one : decide.cases()) {
            String field = "decide[" + taken + "].when";
            JsonNode answer = evaluate(decide.id(), field, () -> one.condition().evaluate(scope));
            if (!answer.isBoolean()) {
                throw new MortiseException(
                        AutomatrixError.EXPRESSION_FAILED,
                        "Step " + decide.id() + ", " + field + ": "
                                + one.condition().source() + " gave " + answer.getNodeType() + ", not true or false",
                        "Compare the value, for example with == true");
            }
            if (answer.booleanValue()) {
                return decided(decide, visit, one.condition().source(), one.target(), now);
            }
            taken++;
        }
        return decided(decide, visit, "else", decide.otherwise(), now);
    }

    private String decided(Step.Decide decide, int visit, String why, String target, Instant now) {
        JsonNode output = JSON.objectNode().put("case", why).put("goto", target);
        writer.add(new JournalRow(
                writer.nextSeq(),
                decide.id(),
                visit,
                JournalRow.DECIDE,
                1,
                StepState.SUCCEEDED,
                null,
                null,
                output,
                null,
                null,
                null,
                now,
                now));
        return target;
    }

    /** Brings one step to its output; returns an outcome when the run does not go on. */
    private Optional<Outcome> call(Step.Call step, int visit) {
        @Nullable JournalRow begun = null;
        int attempt = 1;
        for (Optional<JournalRow> row = replay.next(step.id(), visit);
                row.isPresent();
                row = replay.next(step.id(), visit)) {
            switch (row.get().state()) {
                case SUCCEEDED -> {
                    keep(step, row.get().output());
                    return Optional.empty();
                }
                case FAILED -> attempt = row.get().attempt() + (wasReached(row.get()) ? 1 : 0);
                case STARTED -> begun = row.get();
            }
        }
        if (replay.peek().isPresent()) {
            return Optional.of(fail(step.id(), unfit(step, replay.peek().get())));
        }
        if (begun != null && begun.effect() == Effect.AT_MOST_ONCE) {
            return Optional.of(inDoubt(begun, "The server stopped while the step was under way"));
        }
        JsonNode input;
        try {
            input = evaluate(step.id(), "with", () -> step.with().fill(scope));
        } catch (MortiseException failure) {
            return Optional.of(fail(step.id(), failure));
        }
        StepCaller.Visit at = new StepCaller.Visit(run, step, visit, input);
        return attempts(at, begun == null ? attempt : begun.attempt(), begun);
    }

    private static boolean wasReached(JournalRow row) {
        return !AutomatrixError.NODE_MISSING.code().equals(row.errorCode())
                && !ApiError.EXTENSION_MISSING.code().equals(row.errorCode());
    }

    private static boolean isMissingExtension(StepCaller.Failed failed) {
        return failed.failure().errorCode() == ApiError.EXTENSION_MISSING;
    }

    private MortiseException unfit(Step step, JournalRow row) {
        return new MortiseException(
                AutomatrixError.JOURNAL_UNREADABLE,
                "The journal goes on with step " + row.stepId() + " where workflow " + workflow.name() + " "
                        + run.version() + " goes on with step " + step.id(),
                "Report this together with the run's steps; start the run again");
    }

    private Optional<Outcome> attempts(StepCaller.Visit at, int first, @Nullable JournalRow begun) {
        int attempt = first;
        @Nullable JournalRow reused = begun;
        while (true) {
            StepCaller.Result result = caller.attempt(at, attempt, reused, writer);
            reused = null;
            switch (result) {
                case StepCaller.Done done -> {
                    keep(at.step(), done.output());
                    return Optional.empty();
                }
                case StepCaller.Left left -> {
                    return Optional.of(writer.leave(left.outcome()));
                }
                case StepCaller.Doubtful doubtful -> {
                    return Optional.of(inDoubt(doubtful.row(), doubtful.reason()));
                }
                case StepCaller.Failed failed
                when isMissingExtension(failed) -> {
                    // A plugin that the node needs is being started, replaced or was removed: no attempt is used up.
                    return Optional.of(writer.leave(new Outcome.Waits(UNTIL_EXTENSION_IS_SOUGHT_AGAIN, null)));
                }
                case StepCaller.Failed failed -> {
                    if (!failed.failure().errorCode().category().isTransient()
                            || attempt >= at.step().retry().attempts()) {
                        return Optional.of(fail(at.step().id(), failed.failure()));
                    }
                    Duration pause = at.step().retry().pause(attempt, Math.random());
                    Optional<Outcome> stopped = caller.pause(pause, writer);
                    if (stopped.isPresent()) {
                        return stopped;
                    }
                    attempt++;
                }
            }
        }
    }

    private void keep(Step.Call step, @Nullable JsonNode output) {
        last = output == null ? NullNode.getInstance() : output;
        outputs.put(step.id(), last);
    }

    private Outcome inDoubt(JournalRow row, String reason) {
        writer.add(row.failed(
                AutomatrixError.STEP_IN_DOUBT.code(), reason + "; whether it took effect is not known", Instant.now()));
        return fail(
                row.stepId(),
                new MortiseException(
                        AutomatrixError.STEP_IN_DOUBT,
                        "Step " + row.stepId() + " (" + row.node() + ") must not be repeated. " + reason
                                + ", and whether it took effect is not known",
                        "Look at the system that the step changes, then start a new run from there"));
    }

    private Outcome fail(@Nullable String step, MortiseException failure) {
        String message = failure.getMessage() + " (" + failure.remedy() + ")";
        return writer.leave(new Outcome.Fails(failure.errorCode().code(), message, step));
    }

    private static JsonNode evaluate(String step, String field, Supplier<JsonNode> work) {
        try {
            return work.get();
        } catch (EvaluationException failure) {
            String inner = failure.field().isEmpty() || failure.field().startsWith("[") || field.isEmpty()
                    ? failure.field()
                    : "." + failure.field();
            String place = field + inner;
            throw new MortiseException(
                    AutomatrixError.EXPRESSION_FAILED,
                    (step.equals("output") ? "Output" : "Step " + step) + (place.isEmpty() ? "" : ", " + place) + ": "
                            + failure.getMessage(),
                    "Test with has(...) whether a value is there, or mend the expression and publish again",
                    failure);
        }
    }
}
