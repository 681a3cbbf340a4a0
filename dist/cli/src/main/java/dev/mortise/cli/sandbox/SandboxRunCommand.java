package dev.mortise.cli.sandbox;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.input.JsonInput;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs a script. */
@Command(
        name = "run",
        description = "Runs a script in the server's sandbox. Its result goes to standard output, what it logs and what"
                + " it used to standard error. Exit code 1 when it has no result.")
final class SandboxRunCommand implements Callable<Integer> {
    private static final String RUNS = "/api/v1/sandbox/runs";

    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "The script, .js or .py.")
    private Path file = Path.of("");

    @Option(
            names = "--input",
            paramLabel = "JSON",
            defaultValue = "null",
            description = "What the script's function takes: JSON, @FILE, or - for standard input.")
    private String input = "null";

    @Option(names = "--entry", paramLabel = "NAME", description = "The function (main).")
    private @Nullable String entry;

    @Option(names = "--language", paramLabel = "NAME", description = "javascript or python (by the file's name).")
    private @Nullable String language;

    @ArgGroup(exclusive = false, heading = "Limits%n")
    private final LimitOptions limits = new LimitOptions();

    @ArgGroup(exclusive = false, heading = "Grants (nothing is granted that is not named)%n")
    private final GrantOptions grants = new GrantOptions();

    private static final class LimitOptions {
        @Option(names = "--cpu-millis", paramLabel = "N", description = "Time on a processor (1000).")
        private @Nullable Integer cpuMillis;

        @Option(names = "--wall-millis", paramLabel = "N", description = "Time by the clock (5000).")
        private @Nullable Integer wallMillis;

        @Option(names = "--output-bytes", paramLabel = "N", description = "Size of the result (4 MiB).")
        private @Nullable Integer outputBytes;

        @Option(names = "--log-bytes", paramLabel = "N", description = "Size of the log (64 KiB).")
        private @Nullable Integer logBytes;

        @Option(names = "--host-calls", paramLabel = "N", description = "Calls of host functions (100).")
        private @Nullable Integer hostCalls;

        void into(ObjectNode order) {
            put(order, "cpuMillis", cpuMillis);
            put(order, "wallMillis", wallMillis);
            put(order, "outputBytes", outputBytes);
            put(order, "logBytes", logBytes);
            put(order, "hostCalls", hostCalls);
        }

        private static void put(ObjectNode order, String name, @Nullable Integer value) {
            if (value != null) {
                order.withObject("limits").put(name, value);
            }
        }
    }

    private static final class GrantOptions {
        @Option(names = "--fetch", paramLabel = "HOST", description = "A host that fetch may ask; may be repeated.")
        private List<String> hosts = List.of();

        @Option(names = "--tool", paramLabel = "NAME", description = "A tool, or prefix.*; may be repeated.")
        private List<String> tools = List.of();

        @Option(names = "--model", paramLabel = "NAME", description = "A model, or prefix.*; may be repeated.")
        private List<String> models = List.of();

        @Option(names = "--state", paramLabel = "NAME", description = "A memory that lasts from run to run.")
        private @Nullable String state;

        /** Returns whether anything is granted. */
        boolean into(ObjectNode order) {
            hosts.forEach(host -> order.withObject("grants").withArray("fetch").add(host));
            tools.forEach(tool -> order.withObject("grants").withArray("tools").add(tool));
            models.forEach(
                    model -> order.withObject("grants").withArray("models").add(model));
            if (state != null) {
                order.withObject("grants").put("state", state);
            }
            return order.has("grants");
        }
    }

    @Override
    public Integer call() {
        ObjectNode order = JsonMapper.shared()
                .createObjectNode()
                .put("language", language == null ? languageOf(file) : language)
                .put("name", String.valueOf(file.getFileName()))
                .put("source", source());
        order.set("input", JsonInput.read(input, System.in));
        if (entry != null) {
            order.put("entry", entry);
        }
        limits.into(order);
        boolean isGranted = grants.into(order);
        try (ServerClient client = server.connect()) {
            JsonNode report = client.post(isGranted ? RUNS + "/granted" : RUNS, order);
            show(report);
            return (report.path("outcome").asString("").equals("COMPLETED") ? ExitCode.OK : ExitCode.FAILURE).number();
        }
    }

    private static String languageOf(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".js") || name.endsWith(".mjs")) {
            return "javascript";
        }
        if (name.endsWith(".py")) {
            return "python";
        }
        throw new CliException(
                ExitCode.USAGE,
                "cli.script-language",
                name + " ends neither in .js nor in .py",
                "Say what it is written in with --language");
    }

    private String source() {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.script-unreadable",
                            "The script " + file + " cannot be read as UTF-8 text: " + unreadable.getMessage(),
                            "Check the path",
                            null),
                    unreadable);
        }
    }

    private void show(JsonNode report) {
        if (output.json()) {
            output.show(report, List::of);
            return;
        }
        output.err().print(report.path("log").asString(""));
        if (report.path("outcome").asString("").equals("COMPLETED")) {
            output.out()
                    .println(JsonMapper.shared()
                            .writer(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(report.path("result")));
            output.out().flush();
        } else {
            output.err().println(failure(report));
        }
        output.err()
                .printf(
                        Locale.ROOT,
                        "%.1f ms on a processor, %.1f ms by the clock%n",
                        report.path("cpuMicros").asLong(0) / 1e3,
                        report.path("wallMicros").asLong(0) / 1e3);
        output.err().flush();
    }

    private String failure(JsonNode report) {
        StringBuilder line = new StringBuilder(report.path("outcome").asString("?"))
                .append(": ")
                .append(file);
        if (report.path("line").isNumber()) {
            line.append(", line ").append(report.path("line").asInt());
        }
        if (report.path("column").isNumber()) {
            line.append(", column ").append(report.path("column").asInt());
        }
        return line.append(": ").append(report.path("message").asString("")).toString();
    }
}
