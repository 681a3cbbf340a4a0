package dev.mortise.automatrix.engine;

import dev.mortise.api.error.MortiseException;
import dev.mortise.automatrix.run.ClaimedRun;
import dev.mortise.automatrix.run.Journal;
import dev.mortise.automatrix.run.JournalRow;
import dev.mortise.automatrix.run.Outcome;
import dev.mortise.automatrix.run.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one run's journal. Rows gather until the next thing happens that must not happen before they are durable: a
 * call of a node, or the run's end. While the database is away, writing is tried again: the step is done, and its
 * output must not be lost as long as this engine lives.
 */
final class RunWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Journal journal;
    private final ClaimedRun run;
    private final Stopping stopping;
    private final List<JournalRow> rows = new ArrayList<>();
    private int lastSeq;

    RunWriter(Journal journal, ClaimedRun run, Stopping stopping, int lastSeq) {
        this.journal = journal;
        this.run = run;
        this.stopping = stopping;
        this.lastSeq = lastSeq;
    }

    /** Another engine owns the run by now; this one lets go of it. */
    static final class FencedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FencedException(String message) {
            super(message);
        }
    }

    int nextSeq() {
        return ++lastSeq;
    }

    /** Adds a row to the next write; a row with the same number takes the place of the former. */
    void add(JournalRow row) {
        rows.removeIf(former -> former.seq() == row.seq());
        rows.add(row);
    }

    /** Makes the gathered rows durable while the run goes on. Does nothing when there are none. */
    void flush() {
        if (!rows.isEmpty()) {
            write(new Outcome.Goes());
        }
    }

    /** Makes the gathered rows and the outcome durable; the run is not ours any more. */
    Outcome leave(Outcome outcome) {
        write(outcome);
        return outcome;
    }

    private void write(Outcome outcome) {
        Transition transition = new Transition(run.id(), run.epoch(), rows, outcome);
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                if (!journal.write(transition)) {
                    throw new FencedException("Run " + run.id() + " was taken over by another engine");
                }
                rows.clear();
                return;
            } catch (MortiseException failure) {
                if (!failure.errorCode().category().isTransient() || stopping.isOver()) {
                    throw failure;
                }
                LOG.warn("Run {} waits for the database: {}", run.id(), failure.describe());
                stopping.pauseUntilOver(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
