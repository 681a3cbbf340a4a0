package dev.mortise.automatrix.run;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is read about runs for people and programs outside. */
public interface RunLists {
    /** Returns the run, or null. */
    @Nullable
    RunSummary find(UUID runId);

    /** Returns the run that was accepted under this key, or null. */
    @Nullable
    RunSummary findByKey(String key);

    /** Returns the run's state, or null when there is no such run. */
    @Nullable
    RunState state(UUID runId);

    /** Returns the run's input and output. */
    @Nullable
    RunPayload payload(UUID runId);

    /** Returns the run's journal in order, from behind a place on. */
    List<JournalRow> steps(UUID runId, int after, int limit);

    /** Returns runs, newest first, that are older than the given one. */
    List<RunSummary> list(@Nullable String workflow, @Nullable RunState state, @Nullable UUID after, int limit);
}
