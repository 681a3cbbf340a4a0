package dev.mortise.cli.client;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which server, and with which key. The key is taken from {@code --key}, else {@code --key-file}, else
 * {@code MORTISE_KEY}, else the file {@code ~/.config/mortise/key} where there is one.
 *
 * @since 0.1
 */
public final class ConnectionOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:MORTISE_URL:-http://127.0.0.1:8420}",
            description = "The server (MORTISE_URL; ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8420");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "An API key. Other users of the machine can see it in the list of processes; prefer "
                    + "--key-file or MORTISE_KEY.")
    private @Nullable String key;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file that holds the API key (otherwise ~/.config/mortise/key where it is there).")
    private @Nullable Path keyFile;

    /** Returns a connection to the chosen server. */
    public ServerClient connect() {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new CliException(
                    ExitCode.USAGE,
                    "cli.url-invalid",
                    "The URL " + url + " is not one of http or https",
                    "Give --url http://HOST:PORT");
        }
        return new ServerClient(url, key());
    }

    private Optional<String> key() {
        if (key != null) {
            return Optional.of(key);
        }
        if (keyFile != null) {
            return Optional.of(read(keyFile));
        }
        Optional<String> fromEnvironment =
                Optional.ofNullable(System.getenv("MORTISE_KEY")).filter(value -> !value.isBlank());
        Path usual = Path.of(System.getProperty("user.home"), ".config", "mortise", "key");
        return fromEnvironment.or(() -> Files.isReadable(usual) ? Optional.of(read(usual)) : Optional.empty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new CliException(
                    ExitCode.USAGE,
                    new Problem(
                            "cli.key-file-unreadable",
                            "The key file " + file + " cannot be read",
                            "Check the path and its owner, or give the key by MORTISE_KEY",
                            null),
                    unreadable);
        }
    }
}
