package dev.mortise.automatrix.http;

import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.Page;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.automatrix.AutomatrixPlugin;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.pf4j.Extension;

/** The workflows that industry profiles offer to begin with. */
@Extension
@Path("templates")
public final class TemplateResource implements HttpResource {
    private final Templates templates;

    /** Creates the resource. */
    public TemplateResource(AutomatrixPlugin plugin) {
        this.templates = new Templates(plugin.context().extensions());
    }

    /** Lists all templates: there are as many as the running profiles bring along in their jars. */
    @GET
    @RequiresPermission("automatrix.workflows.read")
    @Described("Lists the templates of all profiles.")
    public Page<Templates.Listed> list() {
        return Page.whole(templates.list());
    }
}
