package dev.mortise.automatrix.run;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** What is read about runs for people and programs outside. */
public interface RunLists {
    /** Returns the run, or null. */
    @Nullable
    RunSummary find(@Param("runId") UUID runId);

    /** Returns the run that was accepted under this key, or null. */
    @Nullable
    RunSummary findByKey(@Param("key") String key);

    /** Returns the run's state, or null when there is no such run. */
    @Nullable
    RunState state(@Param("runId") UUID runId);

    /** Returns the run's input and output. */
    @Nullable
    RunPayload payload(@Param("runId") UUID runId);

    /** Returns runs, newest first, that are older than the given one. */
    List<RunSummary> list(
            @Param("workflow") @Nullable String workflow,
            @Param("state") @Nullable RunState state,
            @Param("after") @Nullable UUID after,
            @Param("limit") int limit);
}
