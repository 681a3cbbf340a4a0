package dev.mortise.cli.input;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON from where the command line says.
 *
 * @since 0.1
 */
public final class JsonInput {
    private JsonInput() {}

    /**
     * Reads {@code @file}, {@code -} for the given stream, or the text itself, and checks that it is a JSON object.
     *
     * @throws CliException when it is none
     */
    public static JsonNode object(String argument, InputStream standardInput) {
        JsonNode input = read(argument, standardInput);
        if (!input.isObject()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "cli.input-not-object",
                    "The input of a run is a JSON object, and this is a " + input.getNodeType(),
                    "Give --input '{\"name\": value}'");
        }
        return input;
    }

    /**
     * Reads the same, and takes any JSON.
     *
     * @throws CliException when it is none
     */
    public static JsonNode read(String argument, InputStream standardInput) {
        String text = text(argument, standardInput);
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException malformed) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.input-not-json",
                            "The input is not JSON: " + malformed.getOriginalMessage() + " at line "
                                    + malformed.getLocation().getLineNr() + ", column "
                                    + malformed.getLocation().getColumnNr(),
                            "Give --input '{\"name\": value}', @FILE or -",
                            null),
                    malformed);
        }
    }

    private static String text(String argument, InputStream standardInput) {
        try {
            if (argument.equals("-")) {
                return new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
            }
            return argument.startsWith("@") ? Files.readString(Path.of(argument.substring(1))) : argument;
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.input-unreadable",
                            "The input " + argument + " cannot be read as UTF-8 text: " + unreadable.getMessage(),
                            "Check the path after the @",
                            null),
                    unreadable);
        }
    }
}
