package dev.mortise.cli.plugin.check;

import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.server.Distribution;
import dev.mortise.cli.server.ScratchFolder;
import dev.mortise.cli.server.ServerProcess;
import dev.mortise.kernel.inspect.Finding;
import dev.mortise.kernel.inspect.Finding.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Installs a plugin into a server that nobody else uses. */
final class ScratchInstall {
    private static final String PLUGINS = "/api/v1/kernel/plugins";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private ScratchInstall() {}

    static Finding of(Path jar, List<Path> others) {
        try (ScratchFolder scratch = ScratchFolder.create("mortise-check-");
                ServerProcess server = ServerProcess.start(Distribution.current(), scratch, START_LIMIT)) {
            others.forEach(other -> server.client().postJar(PLUGINS, other));
            JsonNode status = server.client().postJar(PLUGINS, jar);
            return new Finding(
                    Verdict.FINE,
                    "server",
                    "inspect.server",
                    "a real server has installed it: " + status.path("state").asString("") + ", "
                            + status.path("extensions").size() + " named extensions",
                    "");
        } catch (CliException refused) {
            return new Finding(
                    Verdict.REFUSED,
                    "server",
                    refused.problem().code(),
                    refused.problem().message(),
                    refused.problem().remedy());
        }
    }
}
