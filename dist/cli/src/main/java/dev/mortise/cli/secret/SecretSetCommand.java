package dev.mortise.cli.secret;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ConnectionOptions;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.output.OutputOptions;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Sets a secret. */
@Command(
        name = "set",
        description = {
            "Sets a secret of a plugin, in place of a former one.",
            "The value comes from --file, else from a prompt on a terminal, else from standard input; one line break at"
                    + " its end is left out."
        })
final class SecretSetCommand implements Callable<Integer> {
    /** As the server has it, with a line break. */
    private static final int MOST_BYTES = (64 << 10) + 2;

    @Mixin
    private final ConnectionOptions server = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The secret's name.")
    private String name = "";

    @Option(names = "--file", paramLabel = "FILE", description = "A file with the value.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        String value = value();
        try (ServerClient client = server.connect()) {
            JsonNode answer = client.put(SecretPath.of(plugin, name), Map.of("value", value));
            output.show(answer, () -> List.of(plugin + " has the secret " + name));
        }
        return ExitCode.OK.number();
    }

    // Error Prone's check knows JDK 22 to 24; since JDK 25 there is again no console where input is redirected.
    @SuppressWarnings("SystemConsoleNull")
    private String value() {
        @Nullable Console console = System.console();
        if (file == null && console != null && console.isTerminal()) {
            char[] typed = console.readPassword("Value of %s (not shown): ", name);
            return typed == null ? "" : new String(typed);
        }
        try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new CliException(
                        ExitCode.USAGE, "cli.secret-too-long", "The value is longer than 64 KiB", "Give a shorter one");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\\r?\\n$", "");
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.secret-unreadable",
                            "The value cannot be read from " + (file == null ? "standard input" : file),
                            "Give a readable file of UTF-8 text",
                            null),
                    unreadable);
        }
    }
}
