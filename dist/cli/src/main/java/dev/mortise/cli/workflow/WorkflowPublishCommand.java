package dev.mortise.cli.workflow;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Publishes a workflow from a file or from a template. */
@Command(
        name = "publish",
        description = "Publishes a workflow. The same source again is no new version, and what runs is not disturbed.")
final class WorkflowPublishCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** One of the two must be given. */
    static final class Source {
        @Parameters(paramLabel = "FILE", description = "A workflow in YAML, or - for the standard input.")
        private @Nullable String file;

        @Option(
                names = "--template",
                paramLabel = "PROFILE/NAME",
                description = "A template of an installed industry profile.")
        private @Nullable String template;
    }

    @Override
    public Integer call() {
        Map<String, String> body = source.template == null
                ? Map.of("source", read(source.file == null ? "-" : source.file))
                : Map.of("template", source.template);
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.post("/api/v1/automatrix/workflows", body);
            output.show(
                    answer,
                    () -> List.of(answer.path("name").asString("-") + " is published in version "
                            + answer.path("version").asString("-")));
        }
        return ExitCode.OK.number();
    }

    private static String read(String file) {
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.workflow-unreadable",
                            "The workflow " + file + " cannot be read as UTF-8 text",
                            "Check the path",
                            null),
                    unreadable);
        }
    }
}
