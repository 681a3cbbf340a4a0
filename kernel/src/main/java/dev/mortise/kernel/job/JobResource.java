package dev.mortise.kernel.job;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.job.JobStatus;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/kernel/jobs}: the caller's tenant's durable work, and what can be done about it. */
@Path("jobs")
public final class JobResource implements HttpResource {
    static final String READ = "kernel.jobs.read";
    static final String WRITE = "kernel.jobs.write";
    private static final int MOST = 500;
    private static final Cursors LIST = new Cursors("kernel.jobs");

    private final SchemaSessions sessions;

    JobResource(SchemaSessions sessions) {
        this.sessions = sessions;
    }

    /** A job with what it works on. */
    public record Detail(JobStatus job, JsonNode payload) {}

    /** How many jobs of one handler are in one state. */
    public record StateCount(String state, String handler, long jobs) {}

    /** Lists jobs, newest first, of one state or handler where that is asked for. */
    @GET
    @RequiresPermission(READ)
    public Page<JobStatus> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("handler") @Nullable String handler,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Limited(min = 1, max = MOST) @Nullable Integer limit) {
        @Nullable String wanted = state == null ? null : state(state).name();
        int most = Page.limit(limit, MOST);
        @Nullable UUID olderThan = LIST.position(after, UUID::fromString).orElse(null);
        List<JobStatus> read = call(Access.READ, jobs -> jobs.list(wanted, handler, olderThan, most + 1)).stream()
                .map(JobRow::status)
                .toList();
        return Page.of(read, most, job -> LIST.after(job.id().toString()));
    }

    /**
     * Counts jobs by state and handler: parked ones name the handler that no running plugin offers. Always the whole
     * list, which is as long as there are handlers.
     */
    @GET
    @Path("states")
    @RequiresPermission(READ)
    public Page<StateCount> states() {
        return Page.whole(call(Access.READ, JobMapper::states).stream()
                .map(count -> new StateCount(count.state(), count.handler(), count.jobs()))
                .toList());
    }

    /** Shows one job. */
    @GET
    @Path("{id}")
    @RequiresPermission(READ)
    public Detail show(@PathParam("id") String id) {
        UUID wanted = id(id);
        return call(Access.READ, jobs -> detail(jobs, wanted));
    }

    /** Cancels a job that has not ended; a run that goes on is interrupted and keeps nothing. */
    @POST
    @Path("{id}/cancel")
    @RequiresPermission(WRITE)
    public JobStatus cancel(@PathParam("id") String id) {
        return change(id(id), JobMapper::cancel, "has ended already", "Look at its state");
    }

    /** Runs a dead or cancelled job again, with all its tries. */
    @POST
    @Path("{id}/replay")
    @RequiresPermission(WRITE)
    public JobStatus replay(@PathParam("id") String id) {
        return change(
                id(id), JobMapper::replay, "is neither dead nor cancelled", "Replay jobs that have failed for good");
    }

    /** Forgets a job that has ended. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(WRITE)
    public void drop(@PathParam("id") String id) {
        UUID wanted = id(id);
        call(Access.WRITE, jobs -> {
            known(jobs, wanted);
            if (jobs.drop(wanted) == 0) {
                throw state(wanted, "has not ended", "Cancel it first");
            }
            return wanted;
        });
    }

    private interface Change {
        boolean make(JobMapper jobs, UUID id);
    }

    private JobStatus change(UUID id, Change change, String otherwise, String remedy) {
        return call(Access.WRITE, jobs -> {
            known(jobs, id);
            if (!change.make(jobs, id)) {
                throw state(id, otherwise, remedy);
            }
            return known(jobs, id).status();
        });
    }

    private static Detail detail(JobMapper jobs, UUID id) {
        JobRow row = known(jobs, id);
        JsonNode payload = jobs.payload(id);
        if (payload == null) {
            throw unknown(id);
        }
        return new Detail(row.status(), payload);
    }

    private static JobRow known(JobMapper jobs, UUID id) {
        JobRow row = jobs.find(id);
        if (row == null) {
            throw unknown(id);
        }
        return row;
    }

    private <R> R call(Access access, Function<JobMapper, R> work) {
        return sessions.inTransaction(
                CallContext.current().tenant(), access, open -> work.apply(open.mapper(JobMapper.class)));
    }

    private static JobStatus.State state(String text) {
        try {
            return JobStatus.State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "There is no job state \"" + text + "\"",
                    "Ask for one of " + Arrays.toString(JobStatus.State.values()),
                    e);
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID, "\"" + text + "\" is no job id", "GET /api/v1/kernel/jobs lists them", e);
        }
    }

    private static MortiseException unknown(UUID id) {
        return new MortiseException(
                KernelError.JOB_UNKNOWN, "There is no job " + id, "GET /api/v1/kernel/jobs lists those that there are");
    }

    private static MortiseException state(UUID id, String what, String remedy) {
        return new MortiseException(KernelError.JOB_STATE, "The job " + id + " " + what, remedy);
    }
}
