package dev.mortise.cli.optimize;

import dev.mortise.cli.Mortise;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the usual commands in one process, for its JVM to record. Not for people.
 *
 * @since 0.1
 */
@Command(name = "train", hidden = true, description = "Runs the usual commands once, for mortise optimize.")
public final class TrainCommand implements Callable<Integer> {
    @Option(names = "--url", required = true, description = "The server.")
    private String url = "";

    @Override
    public Integer call() {
        for (List<String> words : List.of(
                List.of("plugin", "list"),
                List.of("plugin", "list", "--available", "--json"),
                List.of("plugin", "stop", "no-such-plugin"),
                List.of("run", "no-such-workflow", "--input", "{}"))) {
            CommandLine command = Mortise.commandLine();
            command.setOut(new PrintWriter(Writer.nullWriter()));
            command.setErr(new PrintWriter(Writer.nullWriter()));
            // Some of these fail, and shall: the way of a failure is trained as well.
            command.execute(
                    Stream.concat(words.stream(), Stream.of("--url", url)).toArray(String[]::new));
        }
        return CommandLine.ExitCode.OK;
    }
}
