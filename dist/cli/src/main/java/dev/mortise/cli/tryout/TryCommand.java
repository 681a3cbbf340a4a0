package dev.mortise.cli.tryout;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.inbox.Inbox;
import dev.mortise.cli.inbox.InboxException;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import dev.mortise.cli.server.Distribution;
import dev.mortise.cli.server.ScratchFolder;
import dev.mortise.cli.server.ServerProcess;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first command of a newcomer.
 *
 * @since 0.1
 */
@Command(
        name = "try",
        description = "Starts a server in a scratch folder, installs the plugins into it while it runs, sends it a car "
                + "dealership's inbox, updates a plugin in mid-run, and shows what was decided. The exit code is 1 "
                + "when a message failed or was lost.")
public final class TryCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int MOST_AT_ONCE = 256;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "Your own messages instead of the samples: JSON Lines, CSV with a column text (or message, "
                    + "body), or mbox; - reads the standard input.")
    private @Nullable String input;

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "8",
            description = "How many messages are under way at a time, 1 to 256 (${DEFAULT-VALUE}).")
    private int concurrency = 8;

    @Option(names = "--keep", description = "Let the server run on afterwards, until you press Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() {
        if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
            throw new CliException(
                    ExitCode.USAGE, "cli.try-concurrency", "--concurrency is " + concurrency, "Give 1 to 256");
        }
        try (Inbox inbox = open()) {
            return onScratchServer(inbox);
        } catch (InboxException unusable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem("cli.inbox-unusable", message(unusable), unusable.remedy(), null),
                    unusable);
        }
    }

    private int onScratchServer(Inbox inbox) {
        Distribution distribution = Distribution.current();
        Progress progress = new Progress(output.err(), onTerminal(), System::nanoTime);
        ScratchFolder scratch = ScratchFolder.create("mortise-try-");
        progress.say("Starting a server in " + scratch.path());
        long start = System.nanoTime();
        boolean fine = false;
        boolean isInterrupted = false;
        try (ServerProcess server = ServerProcess.start(distribution, scratch, START_LIMIT)) {
            Duration started = Duration.ofNanos(System.nanoTime() - start);
            progress.done("ready at " + server.url(), started);
            try {
                TryReport report =
                        new TryRun(server.client(), inbox, concurrency, progress, server::requireAlive).run(started);
                output.show(JsonMapper.shared().valueToTree(report), () -> new ReportLines(report).lines());
                fine = report.counts().broken() == 0;
                if (keep) {
                    scratch.keep();
                }
                goOn(server);
            } catch (CliException failed) {
                // Where the server has died, its last words say more than a refused connection.
                server.requireAlive();
                throw failed;
            } finally {
                isInterrupted = server.isEndedBySignal();
            }
        } finally {
            if (!fine && !isInterrupted) {
                scratch.keep();
            }
            cleanUp(scratch);
        }
        return (fine ? ExitCode.OK : ExitCode.FAILURE).number();
    }

    private void goOn(ServerProcess server) {
        List<String> lines = keep
                ? List.of(
                        "",
                        "The server runs on until you press Ctrl-C. In another window:",
                        "  export MORTISE_URL=" + server.url() + " MORTISE_KEY=" + server.adminKey(),
                        "  mortise plugin list",
                        "  mortise run list --workflow service-intake",
                        "  mortise plugin rollback automotive",
                        "  curl -H \"Authorization: Bearer $MORTISE_KEY\" $MORTISE_URL/api/v1/automotive/decisions?limit=5")
                : List.of(
                        "",
                        "How to go on:",
                        "  mortise try --keep                 the same, and the server stays for you to look around",
                        "  mortise try --input your-file.csv  your own messages (.jsonl, .csv, .mbox)",
                        "  mortise serve                      a server that keeps its data");
        lines.forEach(output.err()::println);
        output.err().flush();
        if (keep) {
            ProcessHandle.of(server.pid()).ifPresent(handle -> handle.onExit().join());
        }
    }

    private void cleanUp(ScratchFolder scratch) {
        if (scratch.isKept()) {
            output.err().println("The server's data and its log stay in " + scratch.path());
            output.err().flush();
            return;
        }
        try {
            scratch.close();
        } catch (CliException left) {
            output.err().println(left.problem().message());
            output.err().flush();
        }
    }

    private Inbox open() {
        if (input == null) {
            return Inbox.open(Distribution.current().samples().resolve("service-inbox.jsonl"));
        }
        return input.equals("-") ? Inbox.open(System.in) : Inbox.open(Path.of(input));
    }

    private static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static String message(InboxException unusable) {
        String message = unusable.getMessage();
        return message == null ? "The input cannot be read" : message;
    }
}
