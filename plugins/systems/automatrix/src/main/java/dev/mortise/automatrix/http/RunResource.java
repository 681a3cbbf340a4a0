package dev.mortise.automatrix.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.store.Store;
import dev.mortise.automatrix.AutomatrixError;
import dev.mortise.automatrix.AutomatrixPlugin;
import dev.mortise.automatrix.engine.Engine;
import dev.mortise.automatrix.run.RunLists;
import dev.mortise.automatrix.run.RunState;
import dev.mortise.automatrix.run.RunSummary;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Runs: look at them and wait for them. */
@Extension
@Path("runs")
public final class RunResource implements HttpResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Cursors LIST = new Cursors("automatrix.runs");

    private final Engine engine;
    private final Store store;

    /** Creates the resource. */
    public RunResource(AutomatrixPlugin plugin) {
        this.engine = plugin.engine();
        this.store = plugin.context().store();
    }

    /** Lists runs, newest first. */
    @GET
    @RequiresPermission("automatrix.runs.read")
    @Described("Lists runs, newest first.")
    public Page<RunView> list(
            @QueryParam("workflow") @Nullable String workflow,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Limited(min = 1, max = Limits.MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, Limits.MOST_ITEMS);
        @Nullable RunState wanted = state == null ? null : state(state);
        @Nullable UUID olderThan = LIST.position(after, UUID::fromString).orElse(null);
        List<RunView> runs =
                store.read(RunLists.class, lists -> lists.list(workflow, wanted, olderThan, most + 1)).stream()
                        .map(RunView::of)
                        .toList();
        return Page.of(runs, most, run -> LIST.after(run.id().toString()));
    }

    /** Returns a run, after waiting for its end when asked to. */
    @GET
    @Path("{id}")
    @RequiresPermission("automatrix.runs.read")
    @Described("Returns a run, after waiting for its end when asked to.")
    public RunView get(
            @PathParam("id") String id,
            @QueryParam("wait") @Described("How long to wait, such as PT10S; a minute at most") @Nullable String wait) {
        UUID runId = id(id, "id");
        if (wait != null) {
            engine.awaitEnd(runId, time(wait));
        }
        return store.read(RunLists.class, lists -> {
            @Nullable RunSummary run = lists.find(runId);
            if (run == null) {
                throw unknown(runId);
            }
            return RunView.of(run, lists.payload(runId));
        });
    }

    /** Returns the attempts and decisions of a run, in order. */
    @GET
    @Path("{id}/steps")
    @RequiresPermission("automatrix.runs.read")
    @Described("Returns the attempts and decisions of a run, in order.")
    public Page<StepView> steps(
            @PathParam("id") String id,
            @QueryParam("limit") @Limited(min = 1, max = Limits.MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        UUID runId = id(id, "id");
        int most = Page.limit(limit, Limits.MOST_ITEMS);
        Cursors list = new Cursors("automatrix.steps." + runId);
        int behind = list.position(after, Integer::valueOf).orElse(0);
        List<StepView> read = store.read(RunLists.class, lists -> {
            if (lists.state(runId) == null) {
                throw unknown(runId);
            }
            return lists.steps(runId, behind, most + 1).stream()
                    .map(StepView::of)
                    .toList();
        });
        return Page.of(read, most, step -> list.after(String.valueOf(step.seq())));
    }

    private static MortiseException unknown(UUID id) {
        return new MortiseException(
                AutomatrixError.RUN_UNKNOWN, "There is no run " + id, "List the runs to find the id");
    }

    private static UUID id(String text, String name) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID, name + " is no UUID: " + text, "Give the id of a run", malformed);
        }
    }

    private static RunState state(String text) {
        return Arrays.stream(RunState.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new MortiseException(
                        ApiError.INPUT_INVALID,
                        "There is no state " + text,
                        "Give one of " + Arrays.toString(RunState.values())));
    }

    private static Duration time(String text) {
        try {
            Duration time = Duration.parse(text);
            return time.compareTo(LONGEST_WAIT) < 0 ? time : LONGEST_WAIT;
        } catch (DateTimeParseException malformed) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "wait is no duration: " + text,
                    "Write it as ISO 8601 does, such as PT10S",
                    malformed);
        }
    }
}
