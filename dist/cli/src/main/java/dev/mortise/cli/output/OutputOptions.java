package dev.mortise.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The options {@code --json} and {@code --verbose}, and the writers of the command that carries them.
 *
 * @since 0.1
 */
public final class OutputOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--json", description = "Write JSON for machines instead of lines for people.")
    private boolean json;

    @Option(names = "--verbose", description = "Show the stack trace of a failure.")
    private boolean verbose;

    /** Returns whether the caller wants JSON. */
    public boolean json() {
        return json;
    }

    /** Returns whether the caller wants to see every detail. */
    public boolean verbose() {
        return verbose;
    }

    /** Returns where the command's result goes. */
    public PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** Returns where progress and warnings go. */
    public PrintWriter err() {
        return spec().commandLine().getErr();
    }

    /** Writes the answer as JSON, or the lines made of it where JSON was not asked for. */
    public void show(JsonNode answer, Supplier<List<String>> lines) {
        if (json) {
            out().println(JsonMapper.shared()
                    .writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(answer));
        } else {
            lines.get().forEach(out()::println);
        }
        out().flush();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(command, "picocli sets the command before it runs it");
    }
}
