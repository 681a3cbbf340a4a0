package dev.mortise.automatrix.run;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The engine's statements on runs. */
public interface RunMapper {
    /** Accepts runs given as a JSON array; returns those that were accepted. */
    List<AcceptedRun> accept(String requests);

    /** Writes transitions given as a JSON array; returns the runs that the owner still owned. */
    List<UUID> write(String changes, UUID owner);

    /** Takes queued runs, oldest first. */
    List<ClaimedRun> claimQueued(UUID owner, int limit);

    /** Takes waiting runs whose time has come, longest due first. */
    List<ClaimedRun> claimDue(UUID owner, int limit);

    /** Returns the run's input. */
    @Nullable
    JsonNode input(UUID runId);

    /** Returns the run's journal in order. */
    List<JournalRow> journal(UUID runId);

    /** Looks at what waits, for the engine of that id. */
    Backlog backlog(UUID owner);

    /** Puts one run of this engine back into the queue; returns 0 when it was not owned any more. */
    int releaseRun(UUID owner, UUID runId);

    /** Lets the runs that wait for this node type go on; returns how many. */
    int wake(String node);

    /** Puts the runs of an engine that is gone back into the queue; returns how many. */
    int release(UUID owner);
}
