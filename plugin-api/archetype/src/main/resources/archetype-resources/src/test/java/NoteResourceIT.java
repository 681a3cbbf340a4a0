package ${package};

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.HttpResourceContract;
import dev.mortise.testkit.MortiseServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds the resource to the contract that every HTTP resource keeps, in a real server. */
class NoteResourceIT extends HttpResourceContract {
    @RegisterExtension
    static final MortiseServer server = MortiseServer.withPluginUnderTest();

    @Override
    protected List<Class<? extends HttpResource>> resources() {
        return List.of(NoteResource.class);
    }

    @Override
    protected String pluginId() {
        return "${artifactId}";
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
