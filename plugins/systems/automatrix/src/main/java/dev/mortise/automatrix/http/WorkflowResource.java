package dev.mortise.automatrix.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.BodyShape;
import dev.mortise.api.http.Cursors;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.IfMatch;
import dev.mortise.api.http.IfNoneMatch;
import dev.mortise.api.http.Limited;
import dev.mortise.api.http.OwnIdempotency;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.store.Store;
import dev.mortise.automatrix.AutomatrixPlugin;
import dev.mortise.automatrix.engine.Acceptance;
import dev.mortise.automatrix.engine.Engine;
import dev.mortise.automatrix.engine.Workflows;
import dev.mortise.automatrix.run.PublishedWorkflow;
import dev.mortise.automatrix.run.WorkflowMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import tools.jackson.databind.node.ObjectNode;

/** Workflows: publish them, read them, run them. */
@Extension
@Path("workflows")
public final class WorkflowResource implements HttpResource {
    private static final Cursors LIST = new Cursors("automatrix.workflows");

    private final Workflows workflows;
    private final Engine engine;
    private final Store store;
    private final Templates templates;
    private final RunBody body;

    /** Creates the resource. */
    public WorkflowResource(AutomatrixPlugin plugin) {
        this.workflows = plugin.workflows();
        this.engine = plugin.engine();
        this.store = plugin.context().store();
        this.templates = new Templates(plugin.context().extensions());
        this.body = new RunBody(plugin.context().json());
    }

    /**
     * What to publish: either a template or a source.
     *
     * @param template {@code profile/name}
     * @param source the workflow in YAML
     */
    public record Publish(
            @Nullable String template, @Nullable String source) {}

    /**
     * A workflow with its source.
     *
     * @param name the workflow's name
     * @param version the newest version
     * @param title for people
     * @param source the newest version's YAML
     */
    public record Detail(String name, int version, String title, String source) {}

    /** Publishes a workflow; a source that is the newest version already gives that version. */
    @POST
    @RequiresPermission("automatrix.workflows.write")
    @Described("Publishes a workflow. A source that is the newest version already gives that version.")
    @Answer(status = 201, type = PublishedWorkflow.class, when = "It is a new version")
    @Answer(status = 200, type = PublishedWorkflow.class, when = "It is the newest version already")
    public Response publish(
            @HeaderParam("If-Match")
                    @Described(
                            "The ETag of the workflow that the new version follows; then nobody else's is passed over")
                    @Nullable
                    IfMatch ifMatch,
            @Nullable Publish request) {
        Workflows.Publication publication = workflows.publish(source(request), newest -> check(ifMatch, newest));
        PublishedWorkflow workflow = publication.workflow();
        return Response.status(publication.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .tag(tag(workflow.version()))
                .entity(workflow)
                .build();
    }

    private static void check(@Nullable IfMatch ifMatch, int newest) {
        if (ifMatch != null) {
            ifMatch.check(newest == 0 ? null : tag(newest));
        }
    }

    private String source(@Nullable Publish request) {
        if (request == null || (request.template() == null) == (request.source() == null)) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The body needs either template or source",
                    "Send {\"template\":\"profile/name\"} or {\"source\":\"<yaml>\"}");
        }
        return request.source() != null ? request.source() : templates.source(String.valueOf(request.template()));
    }

    /** Lists the newest version of each workflow, by name. */
    @GET
    @RequiresPermission("automatrix.workflows.read")
    @Described("Lists the newest version of each workflow, by name.")
    public Page<PublishedWorkflow> list(
            @QueryParam("limit") @Limited(min = 1, max = Limits.MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, Limits.MOST_ITEMS);
        String behind = LIST.position(after).orElse("");
        return Page.of(
                store.read(WorkflowMapper.class, mapper -> mapper.newest(behind, most + 1)),
                most,
                workflow -> LIST.after(workflow.name()));
    }

    /** Returns a workflow. */
    @GET
    @Path("{name}")
    @RequiresPermission("automatrix.workflows.read")
    @Described("Returns a workflow's newest version with its source. The ETag is the version.")
    @Answer(type = Detail.class)
    @Answer(status = 304, when = "The caller has this version already")
    public Response get(
            @PathParam("name") String name, @HeaderParam("If-None-Match") @Nullable IfNoneMatch ifNoneMatch) {
        Detail detail = detail(name);
        return IfNoneMatch.answer(ifNoneMatch, tag(detail.version()), () -> detail);
    }

    private static EntityTag tag(int version) {
        return new EntityTag("v" + version);
    }

    private Detail detail(String name) {
        return store.read(WorkflowMapper.class, mapper -> {
            PublishedWorkflow newest = mapper.newestOf(name);
            if (newest == null) {
                throw Engine.unknownWorkflow(name);
            }
            var source = mapper.source(name, newest.version());
            return new Detail(name, newest.version(), newest.title(), source == null ? "" : source.source());
        });
    }

    /** Lists the versions of a workflow, newest first. */
    @GET
    @Path("{name}/versions")
    @RequiresPermission("automatrix.workflows.read")
    @Described("Lists the versions of a workflow, newest first.")
    public Page<PublishedWorkflow> versions(
            @PathParam("name") String name,
            @QueryParam("limit") @Limited(min = 1, max = Limits.MOST_ITEMS) @Nullable Integer limit,
            @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit, Limits.MOST_ITEMS);
        Cursors list = new Cursors("automatrix.versions." + name);
        int before = list.position(after, Integer::valueOf).orElse(Integer.MAX_VALUE);
        List<PublishedWorkflow> read =
                store.read(WorkflowMapper.class, mapper -> mapper.versions(name, before, most + 1));
        if (read.isEmpty() && before == Integer.MAX_VALUE) {
            throw Engine.unknownWorkflow(name);
        }
        return Page.of(read, most, version -> list.after(String.valueOf(version.version())));
    }

    /** Accepts a run of the newest version. */
    @POST
    @Path("{name}/runs")
    @RequiresPermission("automatrix.runs.write")
    @OwnIdempotency(reason = "The key is kept in the run's own row, in the group commit that accepts the run")
    @Described("Accepts a run of the newest version; the body is its input, a JSON object.")
    @Answer(status = 201, type = RunView.class, when = "The run is accepted")
    @Answer(status = 200, type = RunView.class, when = "A run was accepted under this key before")
    public Response run(
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @BodyShape(ObjectNode.class) InputStream content) {
        Acceptance acceptance = engine.accept(name, body.read(content), RunBody.checkKey(key));
        return switch (acceptance) {
            case Acceptance.New accepted ->
                Response.status(Response.Status.CREATED)
                        .entity(RunView.accepted(accepted))
                        .build();
            case Acceptance.Known known -> Response.ok(RunView.of(known.run())).build();
        };
    }
}
