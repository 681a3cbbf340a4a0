package dev.mortise.testkit;

import dev.mortise.api.admin.PluginAdmin;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.extension.NamedExtension;
import dev.mortise.kernel.testkit.TestKernel;
import dev.mortise.kernel.testkit.TestResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server with plugins in it, as a JUnit extension: in a static field it runs for all tests of a class, in an ordinary
 * field for each test anew. It has a free port, and a data folder and a database of its own that are gone afterwards.
 *
 * <p>Before the tests it takes the plugin's jar, so it is for tests that run after the jar was made: those named
 * {@code *IT}.
 *
 * @since 0.1
 */
public final class MortiseServer implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final List<Supplier<Path>> plugins = new ArrayList<>();
    private final StringBuilder settings = new StringBuilder();
    private boolean isPerTest;
    private @Nullable Running running;

    private MortiseServer() {}

    /** Returns a server with the plugin that this build makes. */
    public static MortiseServer withPluginUnderTest() {
        return empty().plugin(PluginUnderTest::jar);
    }

    /** Returns a server with these plugins, installed in this order. */
    public static MortiseServer with(Path... jars) {
        MortiseServer server = empty();
        for (Path jar : jars) {
            server.plugin(jar);
        }
        return server;
    }

    /** Returns a server without plugins. */
    public static MortiseServer empty() {
        return new MortiseServer();
    }

    /** Adds a plugin, installed after those that were named before; for plugins that call others. */
    public MortiseServer plugin(Path jar) {
        return plugin(() -> jar);
    }

    private MortiseServer plugin(Supplier<Path> jar) {
        plugins.add(jar);
        return this;
    }

    /**
     * Adds settings of a plugin.
     *
     * @param yaml a line below {@code plugins:} of the server's configuration, such as <code>"notes: {mostItems: 3}"
     *     </code>
     */
    public MortiseServer settings(String yaml) {
        settings.append(settings.isEmpty() ? "plugins:\n" : "")
                .append(yaml.indent(2))
                .append('\n');
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (running == null) {
            isPerTest = true;
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (isPerTest) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private void start() {
        TestKernel kernel = TestKernel.with(
                settings.toString(), plugins.stream().map(Supplier::get).toArray(Path[]::new));
        running = new Running(kernel, Caller.of(kernel.url(), kernel.adminKey()), new Keys(kernel.database()));
    }

    private void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private record Running(TestKernel kernel, Caller administrator, Keys keys) implements AutoCloseable {
        @Override
        public void close() {
            administrator.close();
            kernel.close();
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException(
                    "The server runs only during tests; give it to JUnit by @RegisterExtension");
        }
        return running;
    }

    /** Returns where the server listens. */
    public URI url() {
        return running().kernel().url();
    }

    /** Returns life-cycle changes of plugins. */
    public PluginAdmin plugins() {
        return running().kernel().plugins();
    }

    /**
     * Returns a context of the default tenant with every permission, for code of the plugin that is called directly.
     */
    public CallContext context() {
        return running().kernel().asTenant();
    }

    /** Returns a caller of the default tenant who may do everything. */
    public Caller administrator() {
        return running().administrator();
    }

    /** Returns a caller of the default tenant who has these permissions and no others. */
    public Caller caller(String... permissions) {
        return Caller.of(url(), running().keys().issue("default", Set.of(permissions)));
    }

    /** Returns a caller of a tenant, made when there is none of that name, who may do everything in it. */
    public Caller tenant(String name) {
        return Caller.of(url(), running().keys().issue(name, Set.of("*")));
    }

    /** Returns somebody without a key. */
    public Caller stranger() {
        return Caller.of(url(), "");
    }

    /** Sends a GET as the administrator. */
    public TestResponse get(String path) {
        return administrator().get(path);
    }

    /** Sends a POST with a JSON body as the administrator. */
    public TestResponse post(String path, String json) {
        return administrator().post(path, json);
    }

    /**
     * Calls an extension as the default tenant, the way another plugin reaches it: by name, under a lease.
     *
     * @throws dev.mortise.api.error.MortiseException when no extension has that name, or with what the call threw
     */
    public <T extends NamedExtension, R extends @Nullable Object> R call(
            Class<T> point, String name, Function<? super T, ? extends R> call) {
        return running().kernel().call(point, name, call);
    }
}
