package dev.mortise.cli.optimize;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.cli.server.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the start-up caches.
 *
 * @since 0.1
 */
@Command(
        name = "optimize",
        description = "Makes the caches from which the server and the commands start faster, for this machine's JDK. "
                + "Needs about ten seconds, and is needed again after a new JDK only.")
public final class OptimizeCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--force", description = "Make them again even where they fit.")
    private boolean force;

    @Override
    public Integer call() {
        Distribution distribution = Distribution.current();
        AotCaches caches = new AotCaches(distribution);
        boolean wasFresh = caches.state() == AotCaches.State.FRESH;
        if (force || !wasFresh) {
            make(distribution, caches);
        }
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("made", force || !wasFresh);
        answer.put("serverBytes", size(caches.server()));
        answer.put("clientBytes", size(caches.client()));
        output.show(
                answer,
                () -> List.of(
                        force || !wasFresh
                                ? String.format(
                                        Locale.ROOT,
                                        "Start-up caches are made: server %.0f MB, commands %.0f MB",
                                        size(caches.server()) / 1e6,
                                        size(caches.client()) / 1e6)
                                : "Start-up caches are there and fit"));
        return ExitCode.OK.number();
    }

    private void make(Distribution distribution, AotCaches caches) {
        try {
            caches.invalidate();
            new Training(distribution, caches).run();
            new WorkerTraining(distribution).run();
            caches.validate();
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem(
                            "cli.optimize-failed",
                            "The start-up caches cannot be made: " + failed.getMessage(),
                            "Mortise runs without them. Check that " + caches.folder() + " can be written",
                            null),
                    failed);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException missing) {
            return 0;
        }
    }
}
