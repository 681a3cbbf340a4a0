package dev.mortise.automatrix.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.HttpResource;
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
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Workflows: publish them, read them, run them. */
@Extension
@Path("workflows")
public final class WorkflowResource implements HttpResource {
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
     * A workflow with its source and its versions.
     *
     * @param name the workflow's name
     * @param version the newest version
     * @param title for people
     * @param source the newest version's YAML
     * @param versions all versions, newest first
     */
    public record Detail(String name, int version, String title, String source, List<PublishedWorkflow> versions) {}

    /** Publishes a workflow; a source that is the newest version already gives that version. */
    @POST
    @RequiresPermission("automatrix.workflows.write")
    public Response publish(@Nullable Publish request) {
        Workflows.Publication publication = workflows.publish(source(request));
        return Response.status(publication.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .entity(publication.workflow())
                .build();
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
    public Page<PublishedWorkflow> list(
            @QueryParam("limit") @Nullable Integer limit, @QueryParam("after") @Nullable String after) {
        int most = Page.limit(limit);
        return Page.of(
                store.read(WorkflowMapper.class, mapper -> mapper.newest(after == null ? "" : after, most)),
                most,
                PublishedWorkflow::name);
    }

    /** Returns a workflow. */
    @GET
    @Path("{name}")
    @RequiresPermission("automatrix.workflows.read")
    public Detail get(@PathParam("name") String name) {
        return store.read(WorkflowMapper.class, mapper -> {
            List<PublishedWorkflow> versions = mapper.versions(name);
            if (versions.isEmpty()) {
                throw Engine.unknownWorkflow(name);
            }
            PublishedWorkflow newest = versions.getFirst();
            var source = mapper.source(name, newest.version());
            return new Detail(name, newest.version(), newest.title(), source == null ? "" : source.source(), versions);
        });
    }

    /** Accepts a run of the newest version. */
    @POST
    @Path("{name}/runs")
    @RequiresPermission("automatrix.runs.write")
    public Response run(
            @PathParam("name") String name, @HeaderParam("Idempotency-Key") @Nullable String key, InputStream content) {
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
