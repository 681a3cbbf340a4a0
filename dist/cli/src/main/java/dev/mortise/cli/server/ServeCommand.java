package dev.mortise.cli.server;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.kernel.Kernel;
import dev.mortise.kernel.KernelOptions;
import dev.mortise.kernel.config.ServerConfiguration;
import dev.mortise.kernel.log.Logging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a server in this process until a signal ends it.
 *
 * @since 0.1
 */
@Command(
        name = "serve",
        description = "Runs a server. The first start prints the administrator's API key, once.",
        footer = {
            "",
            "SIGTERM (and Ctrl-C) takes no more requests, lets the running ones end, stops the plugins and leaves with 0"
                    + " (Ctrl-C: 130). A second Ctrl-C ends the process at once; nothing that was accepted is lost. A"
                    + " service manager needs no special exit status such as 143."
        })
public final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--stop-with",
            hidden = true,
            paramLabel = "PID",
            description = "Stop when that process has ended; for commands that start a server of their own.")
    private @Nullable Long parent;

    @Override
    public Integer call() {
        StopSignals stop = StopSignals.install();
        if (parent != null) {
            stop.whenEnds(parent);
        }
        ServerConfiguration configuration = options.read();
        Logging.toStandardError(
                configuration.logFormat() == ServerConfiguration.LogFormat.JSON, configuration.logLevel());
        try (Kernel kernel = Kernel.start(KernelOptions.of(options.file(), options.environment()::get))) {
            var _ = kernel.drainRequested().thenRun(stop::ask);
            announce(kernel);
            return stop.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILURE.number();
        }
    }

    private void announce(Kernel kernel) {
        Instant now = Instant.now();
        Duration start =
                Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("version", kernel.version());
        answer.put("url", kernel.url().toString());
        answer.put("data", kernel.dataFolder().toString());
        answer.put("pid", ProcessHandle.current().pid());
        answer.put("readyAfterMillis", start.toMillis());
        kernel.firstAdminKey().ifPresent(key -> answer.put("adminKey", key));
        output.show(answer, () -> lines(kernel, start));
    }

    private static List<String> lines(Kernel kernel, Duration start) {
        List<String> lines = new ArrayList<>();
        lines.add("Mortise " + kernel.version() + " is ready at " + kernel.url());
        lines.add("  data   " + kernel.dataFolder());
        lines.add(String.format(Locale.ROOT, "  start  %.2f s", start.toMillis() / 1e3));
        kernel.firstAdminKey().ifPresent(key -> {
            lines.add("  key    " + key);
            lines.add(
                    "         the administrator's API key, shown this once; keep it, for example in ~/.config/mortise/key");
        });
        return lines;
    }
}
