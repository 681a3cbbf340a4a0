package dev.mortise.automatrix.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What becomes of a run with a write to its journal. Every outcome but {@link Goes} gives up the ownership. */
public sealed interface Outcome {
    /** Returns the state that the run gets. */
    RunState state();

    /** The run goes on in the hands of its owner. */
    record Goes() implements Outcome {
        @Override
        public RunState state() {
            return RunState.RUNNING;
        }
    }

    /** The run goes back to the queue, because its engine stops. */
    record Requeued() implements Outcome {
        @Override
        public RunState state() {
            return RunState.QUEUED;
        }
    }

    /**
     * The run waits.
     *
     * @param pause until its next attempt, or null when it waits for a node type
     * @param node the node type that is missing, or null
     */
    record Waits(@Nullable Duration pause, @Nullable String node) implements Outcome {
        @Override
        public RunState state() {
            return RunState.WAITING;
        }
    }

    /** The run came to its end. */
    record Succeeds(JsonNode output) implements Outcome {
        @Override
        public RunState state() {
            return RunState.SUCCEEDED;
        }
    }

    /**
     * The run failed.
     *
     * @param step the step at which it failed, or null when it was none
     */
    record Fails(String code, String message, @Nullable String step) implements Outcome {
        @Override
        public RunState state() {
            return RunState.FAILED;
        }
    }
}
