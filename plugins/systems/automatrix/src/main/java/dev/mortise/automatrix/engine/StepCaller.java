package dev.mortise.automatrix.engine;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.api.trace.Tracing;
import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.automatrix.AutomatrixError;
import dev.mortise.automatrix.definition.Step;
import dev.mortise.automatrix.run.ClaimedRun;
import dev.mortise.automatrix.run.JournalRow;
import dev.mortise.automatrix.run.Outcome;
import dev.mortise.automatrix.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes one attempt of a step: writes down that it begins where that matters, calls the node, and says how it went. */
final class StepCaller {
    /** A pause up to this long is waited out in place; a longer one frees the run's place. */
    private static final Duration SHORT_PAUSE = Duration.ofMillis(500);

    private static final int LARGEST_OUTPUT = 4 * 1024 * 1024;

    private final NodeCatalog nodes;
    private final RunMeters meters;
    private final Tracing tracing;
    private final Stopping stopping;
    private final JsonMapper json;

    StepCaller(NodeCatalog nodes, RunMeters meters, Tracing tracing, Stopping stopping, JsonMapper json) {
        this.nodes = nodes;
        this.meters = meters;
        this.tracing = tracing;
        this.stopping = stopping;
        this.json = json;
    }

    /** Where a run is: a step for the n-th time, with its input. */
    record Visit(ClaimedRun run, Step.Call step, int number, JsonNode input) {
        /** The same for every call that stands for this visit of this step of this run. */
        String idempotencyKey() {
            return run.id() + "/" + step.id() + "/" + number;
        }
    }

    /** How an attempt went. */
    sealed interface Result {}

    /** The output is added to the journal. */
    record Done(JsonNode output) implements Result {}

    /** The failure is added to the journal. */
    record Failed(MortiseException failure) implements Result {}

    /** The run is to be left. */
    record Left(Outcome outcome) implements Result {}

    /** Nobody knows whether a step that must not be repeated took effect. */
    record Doubtful(JournalRow row, String reason) implements Result {}

    /**
     * Makes an attempt.
     *
     * @param begun the row of an attempt that a crash interrupted and that is made again, or null
     */
    Result attempt(Visit at, int attempt, @Nullable JournalRow begun, RunWriter writer) {
        @Nullable JournalRow row = begun;
        String node = at.step().node();
        while (true) {
            if (stopping.hasBegun()) {
                return new Left(new Outcome.Requeued());
            }
            try {
                Effect effect = nodes.effectOf(node);
                boolean isKnown = row != null;
                row = started(at, attempt, row == null ? writer.nextSeq() : row.seq(), effect);
                if (effect != Effect.NONE || isKnown) {
                    writer.add(row);
                }
                writer.flush();
                return call(at, row, writer);
            } catch (NodeCatalog.NodeMissingException missing) {
                if (row != null && row.effect() != Effect.NONE) {
                    // The node was not reached, so nothing is in doubt; the attempt does not count.
                    writer.add(row.failed(
                            AutomatrixError.NODE_MISSING.code(), String.valueOf(missing.getMessage()), Instant.now()));
                }
                return new Left(new Outcome.Waits(null, node));
            } catch (NodeCatalog.EffectChangedException changed) {
                nodes.forget(node);
            }
        }
    }

    private static JournalRow started(Visit at, int attempt, int seq, Effect effect) {
        return new JournalRow(
                seq,
                at.step().id(),
                at.number(),
                at.step().node(),
                attempt,
                StepState.STARTED,
                effect,
                at.input(),
                null,
                null,
                null,
                at.idempotencyKey(),
                Instant.now(),
                null);
    }

    private Result call(Visit at, JournalRow row, RunWriter writer) {
        NodeCall call = new NodeCall(
                at.run().id(),
                row.stepId(),
                row.attempt(),
                at.idempotencyKey(),
                at.input().deepCopy());
        Effect effect = row.effect() == null ? Effect.NONE : row.effect();
        long begun = System.nanoTime();
        try {
            JsonNode output = bounded(row, traced(row, effect, call));
            meters.called(row.node(), true, Duration.ofNanos(System.nanoTime() - begun));
            writer.add(row.succeeded(output, Instant.now()));
            return new Done(output);
        } catch (NodeCatalog.EffectChangedException changed) {
            throw changed;
        } catch (MortiseException failure) {
            meters.called(row.node(), false, Duration.ofNanos(System.nanoTime() - begun));
            return failed(row, effect, failure, writer);
        }
    }

    private JsonNode traced(JournalRow row, Effect effect, NodeCall call) {
        return tracing.inSpan("workflow step", SpanKind.INTERNAL, span -> {
            span.put("automatrix.run", call.runId().toString())
                    .put("automatrix.step", row.stepId())
                    .put("automatrix.step.visit", row.visit())
                    .put("automatrix.step.attempt", row.attempt())
                    .put("automatrix.node", row.node());
            return nodes.call(row.node(), effect, call);
        });
    }

    private Result failed(JournalRow row, Effect effect, MortiseException failure, RunWriter writer) {
        boolean interrupted = failure.errorCode() == ApiError.INTERRUPTED;
        if (interrupted && stopping.hasBegun()) {
            // How the call ended is not known. The journal says STARTED, and whoever goes on decides by the effect.
            return new Left(new Outcome.Requeued());
        }
        boolean open = interrupted || failure.errorCode().category() == ErrorCategory.TIMEOUT;
        if (open && effect == Effect.AT_MOST_ONCE) {
            return new Doubtful(row, "The call ended with " + failure.describe());
        }
        boolean sought = effect == Effect.NONE && failure.errorCode() == ApiError.EXTENSION_MISSING;
        if (!sought) { // A run that waits for a plugin for days must not fill its journal.
            writer.add(row.failed(failure.errorCode().code(), String.valueOf(failure.getMessage()), Instant.now()));
        }
        return new Failed(failure);
    }

    /**
     * Returns the output as the journal gives it back after a crash: a run must not see other values while it is in
     * memory, and the node may keep and change its own.
     */
    private JsonNode bounded(JournalRow row, JsonNode output) {
        try {
            String text = json.writeValueAsString(output);
            if (text.length() > LARGEST_OUTPUT) {
                throw new MortiseException(
                        AutomatrixError.OUTPUT_TOO_LARGE,
                        "Step " + row.stepId() + ": node " + row.node() + " returned " + text.length()
                                + " characters of JSON, more than " + LARGEST_OUTPUT,
                        "Let the node return a reference to the data");
            }
            return json.readTree(text);
        } catch (JacksonException unfit) {
            throw new MortiseException(
                    AutomatrixError.OUTPUT_INVALID,
                    "Step " + row.stepId() + ": the output of node " + row.node() + " cannot be kept as JSON: "
                            + unfit.getOriginalMessage(),
                    "Let the node return plain JSON values",
                    unfit);
        }
    }

    /** Waits before the next attempt; returns an outcome when the run is left instead. */
    Optional<Outcome> pause(Duration pause, RunWriter writer) {
        if (pause.compareTo(SHORT_PAUSE) > 0) {
            return Optional.of(writer.leave(new Outcome.Waits(pause, null)));
        }
        writer.flush();
        stopping.pauseUntilBegun(pause);
        return Optional.empty();
    }
}
