package dev.mortise.kernel.admin;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** {@code /api/v1/kernel/catalogue}: what can be installed by id. */
@Path("catalogue")
public final class CatalogueResource implements HttpResource {
    private final Catalogue catalogue;

    /** Serves this catalogue. */
    public CatalogueResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Lists all of them: the jars that an operator has laid in one folder, which is read as a whole in any case. */
    @GET
    @RequiresPermission(PluginResource.READ)
    public Page<Catalogue.Entry> list() {
        return Page.whole(catalogue.entries());
    }
}
