package dev.mortise.automatrix.run;

import java.util.List;
import java.util.UUID;

/**
 * One durable step forward of a run.
 *
 * @param runId the run
 * @param epoch the ownership under which it is written
 * @param rows new or changed rows of its journal
 * @param outcome what becomes of the run
 */
public record Transition(UUID runId, int epoch, List<JournalRow> rows, Outcome outcome) {
    /** Takes an immutable copy of the rows. */
    public Transition {
        rows = List.copyOf(rows);
    }
}
