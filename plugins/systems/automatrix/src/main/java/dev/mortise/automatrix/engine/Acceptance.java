package dev.mortise.automatrix.engine;

import dev.mortise.automatrix.run.AcceptedRun;
import dev.mortise.automatrix.run.RunSummary;

/** What became of a request to run a workflow. */
public sealed interface Acceptance {
    /** The run is accepted and durable. */
    record New(String workflow, AcceptedRun run) implements Acceptance {}

    /** The same request was accepted before under the same idempotency key. */
    record Known(RunSummary run) implements Acceptance {}
}
