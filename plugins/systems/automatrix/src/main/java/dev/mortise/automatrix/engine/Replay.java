package dev.mortise.automatrix.engine;

import dev.mortise.automatrix.run.JournalRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the journal knows of a run already, handed out in the order in which the run goes through its steps again. */
final class Replay {
    private final Deque<JournalRow> rows;
    private final int lastSeq;

    Replay(List<JournalRow> rows) {
        this.rows = new ArrayDeque<>(rows);
        this.lastSeq = rows.isEmpty() ? 0 : rows.getLast().seq();
    }

    int lastSeq() {
        return lastSeq;
    }

    /** Returns the next row when it belongs to this visit of this step. */
    Optional<JournalRow> next(String stepId, int visit) {
        JournalRow row = rows.peek();
        if (row == null || !row.stepId().equals(stepId) || row.visit() != visit) {
            return Optional.empty();
        }
        return Optional.of(rows.remove());
    }

    /** Returns the next row when there is one that has not been handed out. */
    Optional<JournalRow> peek() {
        return Optional.ofNullable(rows.peek());
    }
}
