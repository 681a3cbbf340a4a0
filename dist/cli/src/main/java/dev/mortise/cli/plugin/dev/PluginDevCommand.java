package dev.mortise.cli.plugin.dev;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.server.StopSignals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Keeps a running server at the newest build of a plugin, until Ctrl-C.
 *
 * @since 0.1
 */
@Command(
        name = "dev",
        description =
                "Brings each build of a plugin into the running server, until Ctrl-C: installs it, then updates it "
                        + "without a failed call. A build that the server refuses is shown with the reason, and the one before "
                        + "goes on running.",
        footer = {
            "",
            "Each build gets a version of its own, such as 1.0.0-dev.20261121143000123, so that the project's version "
                    + "need not change. Ctrl-C lets a change that has begun end, and leaves the last good build running "
                    + "unless --remove is given."
        })
public final class PluginDevCommand implements Callable<Integer> {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);

    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The project's folder (${DEFAULT-VALUE}); its jar is looked for in target or build/libs.")
    private Path folder = Path.of(".");

    @Option(names = "--build", description = "Run Maven at the start and whenever a source file has changed.")
    private boolean build;

    @Option(
            names = "--classes",
            description = "Also take classes and resources that are newer than the jar from target/classes, as an IDE "
                    + "leaves them there. New imports of packages need a jar.")
    private boolean classes;

    @Option(names = "--remove", description = "Remove the plugin from the server at the end.")
    private boolean remove;

    @Option(names = "--once", description = "Bring in the present build, and end.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        Path project = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(project)) {
            throw new CliException(
                    ExitCode.USAGE, "cli.folder-not-found", "There is no folder " + project, "Check the path");
        }
        StopSignals stop = StopSignals.install();
        DevReport report = new DevReport(output.out(), output.json());
        try (ServerClient client = server.connect();
                DevScratch scratch = DevScratch.create()) {
            LiveReload reload = new LiveReload(
                    new DevPlugin(client), new BuildFolder(project, classes), scratch, report, InstantSource.system());
            Optional<SourceWatch> sources = build
                    ? Optional.of(new SourceWatch(project, new MavenBuild(project, stop), report))
                    : Optional.empty();
            if (sources.isEmpty()) {
                report.watching(project);
            }
            return follow(reload, sources, stop);
        }
    }

    private int follow(LiveReload reload, Optional<SourceWatch> sources, StopSignals stop) throws InterruptedException {
        OptionalInt asked = OptionalInt.empty();
        while (asked.isEmpty()) {
            sources.ifPresent(SourceWatch::buildWhenChanged);
            reload.look();
            if (once && sources.map(SourceWatch::isBroken).orElse(reload.seesNothing())) {
                return nothingToBringIn(sources.isPresent());
            }
            if (once && sources.map(SourceWatch::isBuilt).orElse(true) && reload.isSettled()) {
                reload.end(remove);
                return reload.outcome().number();
            }
            asked = stop.await(LOOK_AGAIN);
        }
        reload.end(remove);
        return asked.getAsInt();
    }

    private int nothingToBringIn(boolean wasToldAlready) {
        if (wasToldAlready) {
            return ExitCode.FAILURE.number();
        }
        throw new CliException(
                ExitCode.USAGE,
                "cli.no-build",
                "There is no jar of a plugin in " + folder.resolve("target"),
                "Build it first, or give --build");
    }
}
