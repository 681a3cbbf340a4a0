package dev.mortise.sandbox;

import dev.mortise.api.sandbox.Language;
import dev.mortise.api.sandbox.LeaseRequest;
import dev.mortise.api.sandbox.Outcome;
import dev.mortise.api.sandbox.Sandbox;
import dev.mortise.api.sandbox.SandboxLease;
import dev.mortise.api.sandbox.Script;
import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with the broker and the kits of this build. */
final class SandboxFixture implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final TestKernel kernel;

    private SandboxFixture(TestKernel kernel) {
        this.kernel = kernel;
    }

    /** @param settings more of the plugin's settings, such as {@code "standby: 0"} */
    static SandboxFixture start(Path folder, String settings) throws IOException {
        Path kits = Files.createDirectories(folder.resolve("kits"));
        for (String language : System.getProperty("mortise.kits").split(",")) {
            String[] pair = language.split("=");
            if (Files.exists(Path.of(pair[1]).resolve("worker.args"))) {
                Files.createSymbolicLink(kits.resolve(pair[0]), Path.of(pair[1]).toRealPath());
            }
        }
        String more = settings.isEmpty() ? "" : ", " + settings;
        return new SandboxFixture(TestKernel.with(
                "plugins: {sandbox: {workers: \"" + kits + "\"" + more + "}}",
                Path.of(System.getProperty("mortise.plugin.jar"))));
    }

    static Script javascript(String source) {
        return Script.of(Language.JAVASCRIPT, "script.js", source);
    }

    /** Does something with a lease, as the default tenant. */
    <R> R lease(LeaseRequest request, Function<SandboxLease, R> work) {
        return kernel.call(Sandbox.class, "sandbox", sandbox -> {
            try (SandboxLease lease = sandbox.lease(request)) {
                return work.apply(lease);
            }
        });
    }

    /** Runs one script on a worker of its own. */
    Outcome run(LeaseRequest request, String source, String input) {
        return lease(request, lease -> lease.call(javascript(source), input));
    }

    /** Runs one script over HTTP. */
    JsonNode post(String source, String more) {
        return kernel.post(
                        "/api/v1/sandbox/runs",
                        "{\"language\":\"javascript\",\"source\":" + JSON.writeValueAsString(source) + more + "}")
                .body();
    }

    JsonNode walls() {
        return kernel.get("/api/v1/sandbox/walls").body();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
