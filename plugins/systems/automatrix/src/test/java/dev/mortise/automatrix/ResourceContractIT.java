package dev.mortise.automatrix;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.HttpResourceContract;
import dev.mortise.automatrix.http.RunResource;
import dev.mortise.automatrix.http.TemplateResource;
import dev.mortise.automatrix.http.WorkflowResource;
import dev.mortise.testkit.MortiseServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of HTTP resources, held by the packaged plugin in a real server. */
final class ResourceContractIT extends HttpResourceContract {
    @RegisterExtension
    static final MortiseServer server = MortiseServer.withPluginUnderTest();

    @Override
    protected List<Class<? extends HttpResource>> resources() {
        return List.of(RunResource.class, TemplateResource.class, WorkflowResource.class);
    }

    @Override
    protected String pluginId() {
        return "automatrix";
    }

    @Override
    protected URI server() {
        return server.url();
    }

    @Override
    protected String key() {
        return server.administrator().key();
    }
}
