package dev.mortise.automatrix.run;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts runs and writes what happens to them, durably, for one engine. Calls of the same tenant that come at the same
 * time share a transaction; none returns before its own part is committed.
 */
public final class Journal {
    private final Store store;
    private final UUID owner;
    private final JournalJson json;
    private final Map<TenantId, Lane> lanes = new ConcurrentHashMap<>();

    /** Creates the journal of the engine with that id. */
    public Journal(Store store, UUID owner, JsonMapper mapper) {
        this.store = store;
        this.owner = owner;
        this.json = new JournalJson(mapper);
    }

    private record Lane(
            GroupCommit<RunRequest, Optional<AcceptedRun>> requests,
            GroupCommit<JournalJson.Change, Boolean> changes) {}

    /**
     * Accepts a run in the current tenant.
     *
     * @return empty when the workflow is unknown or the idempotency key was used before
     */
    public Optional<AcceptedRun> accept(RunRequest request) {
        return lane().requests().submit(request);
    }

    /**
     * Writes a transition.
     *
     * @return false when the run has another owner by now; nothing was written then
     */
    public boolean write(Transition transition) {
        return lane().changes().submit(json.change(transition));
    }

    private Lane lane() {
        return lanes.computeIfAbsent(
                CallContext.current().tenant(),
                ignored -> new Lane(
                        new GroupCommit<>(request -> request.input().length(), this::accept),
                        new GroupCommit<>(JournalJson.Change::size, this::write)));
    }

    private List<Optional<AcceptedRun>> accept(List<RunRequest> requests) {
        String batch = json.requests(requests);
        List<AcceptedRun> accepted = store.write(RunMapper.class, runs -> runs.accept(batch));
        Map<UUID, AcceptedRun> byId = accepted.stream().collect(Collectors.toMap(AcceptedRun::id, Function.identity()));
        return requests.stream()
                .map(request -> Optional.ofNullable(byId.get(request.id())))
                .toList();
    }

    private List<Boolean> write(List<JournalJson.Change> changes) {
        String batch = changes.stream().map(JournalJson.Change::json).collect(Collectors.joining(",", "[", "]"));
        Set<UUID> mine = new HashSet<>(store.write(RunMapper.class, runs -> runs.write(batch, owner)));
        return changes.stream().map(change -> mine.contains(change.runId())).toList();
    }
}
