package dev.mortise.kernel.admin;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** {@code /api/v1/kernel/catalogue}: what can be installed by id. */
@Path("catalogue")
public final class CatalogueResource implements HttpResource {
    private final Catalogue catalogue;

    /** Serves this catalogue. */
    public CatalogueResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The catalogue's plugins. */
    public record Entries(List<Catalogue.Entry> items) {}

    /** Lists them. */
    @GET
    @RequiresPermission(PluginResource.READ)
    public Entries list() {
        return new Entries(catalogue.entries());
    }
}
