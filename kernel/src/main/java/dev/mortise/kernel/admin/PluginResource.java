package dev.mortise.kernel.admin;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.admin.PluginStatus;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.kernel.error.KernelError;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;

/** {@code /api/v1/kernel/plugins}: what is installed, and changes of it. */
@Path("plugins")
public final class PluginResource implements HttpResource {
    static final String READ = "kernel.plugins.read";
    static final String WRITE = "kernel.plugins.write";
    private static final String JAR = "application/java-archive";

    private final PluginAdmin admin;
    private final Catalogue catalogue;
    private final java.nio.file.Path uploads;

    /** @param uploads a folder for jars on their way in */
    public PluginResource(PluginAdmin admin, Catalogue catalogue, java.nio.file.Path uploads) {
        this.admin = admin;
        this.catalogue = catalogue;
        this.uploads = uploads;
    }

    /** Which plugin of the catalogue; without a version the newest. */
    public record Choice(String id, Optional<String> version) {
        /** Refuses a choice without an id. */
        @SuppressWarnings("NullAway") // A component that is not in the body arrives as null.
        public Choice {
            if (id == null || id.isBlank()) {
                throw new IllegalArgumentException("\"id\" is missing: which plugin of the catalogue?");
            }
            version = version == null ? Optional.empty() : version;
        }
    }

    /** Lists all that is installed: what fits into one server fits into one answer. */
    @GET
    @RequiresPermission(READ)
    public Page<PluginStatus> list() {
        return Page.whole(admin.list());
    }

    /** Shows one plugin. */
    @GET
    @Path("{id}")
    @RequiresPermission(READ)
    public PluginStatus show(@PathParam("id") String id) {
        return admin.list().stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new MortiseException(
                        KernelError.PLUGIN_UNKNOWN,
                        "No plugin \"" + id + "\" is installed",
                        "GET /api/v1/kernel/plugins lists what is"));
    }

    /** Installs from the catalogue. */
    @POST
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = PluginStatus.class)
    public Response install(Choice choice) {
        PluginStatus status = admin.install(catalogue.find(choice.id(), choice.version()));
        return Response.status(Response.Status.CREATED).entity(status).build();
    }

    /** Installs an uploaded jar. */
    @POST
    @Consumes(JAR)
    @RequiresPermission(WRITE)
    @Answer(status = 201, type = PluginStatus.class)
    public Response installUpload(InputStream jar) {
        return Response.status(Response.Status.CREATED)
                .entity(withUpload(jar, admin::install))
                .build();
    }

    /** Updates from the catalogue. */
    @PUT
    @Path("{id}")
    @RequiresPermission(WRITE)
    public PluginStatus update(@PathParam("id") String id, Choice choice) {
        if (!id.equals(choice.id())) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The path names the plugin " + id + " and the body " + choice.id(),
                    "Name the same plugin in both");
        }
        return admin.update(catalogue.find(id, choice.version()));
    }

    /** Updates by an uploaded jar; the jar says which plugin it is. */
    @PUT
    @Path("{id}")
    @Consumes(JAR)
    @RequiresPermission(WRITE)
    public PluginStatus updateUpload(@PathParam("id") String id, InputStream jar) {
        return withUpload(jar, file -> {
            show(id);
            return admin.update(file);
        });
    }

    /** Brings the former version back. */
    @POST
    @Path("{id}/rollback")
    @RequiresPermission(WRITE)
    public PluginStatus rollback(@PathParam("id") String id) {
        return admin.rollback(id);
    }

    /** Starts a plugin that is stopped or has failed. */
    @POST
    @Path("{id}/start")
    @RequiresPermission(WRITE)
    public PluginStatus start(@PathParam("id") String id) {
        return admin.start(id);
    }

    /** Stops a plugin. */
    @POST
    @Path("{id}/stop")
    @RequiresPermission(WRITE)
    public PluginStatus stop(@PathParam("id") String id) {
        return admin.stop(id);
    }

    /** Removes a plugin; its data stays. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(WRITE)
    public void remove(@PathParam("id") String id) {
        admin.remove(id);
    }

    private PluginStatus withUpload(InputStream jar, Function<java.nio.file.Path, PluginStatus> change) {
        java.nio.file.Path file = null;
        try {
            file = Files.createTempFile(uploads, "upload-", ".jar");
            Files.copy(jar, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return change.apply(file);
        } catch (IOException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_STORAGE,
                    "The uploaded jar cannot be stored: " + e.getMessage(),
                    "Check that the upload was complete and that the server's disk has room",
                    e);
        } finally {
            if (file != null) {
                // The folder is emptied at the next start in any case.
                var _ = file.toFile().delete();
            }
        }
    }
}
