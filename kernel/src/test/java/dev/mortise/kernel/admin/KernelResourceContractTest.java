package dev.mortise.kernel.admin;

import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.HttpResourceContract;
import dev.mortise.kernel.testkit.TestKernel;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The kernel's own resources keep what it asks of plugins. */
final class KernelResourceContractTest extends HttpResourceContract {
    private static TestKernel kernel;

    @BeforeAll
    static void start() {
        kernel = TestKernel.start();
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    @Override
    protected List<Class<? extends HttpResource>> resources() {
        return List.of(PluginResource.class, CatalogueResource.class, InfoResource.class);
    }

    @Override
    protected String pluginId() {
        return "kernel";
    }

    @Override
    protected URI server() {
        return kernel.url();
    }

    @Override
    protected String key() {
        return kernel.adminKey();
    }
}
