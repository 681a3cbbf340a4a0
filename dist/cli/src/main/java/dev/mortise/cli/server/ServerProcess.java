package dev.mortise.cli.server;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of our own in a child process, on a free port and with a key that only we know. It ends when it is closed,
 * and by itself when this process dies.
 *
 * @since 0.1
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int SHOWN_LINES = 15;

    private final Process process;
    private final Path log;
    private final String adminKey;
    private final URI url;
    private final ServerClient client;
    private final StopAtExit stopAtExit;

    private ServerProcess(Process process, Path log, String adminKey, URI url, StopAtExit stopAtExit) {
        this.process = process;
        this.log = log;
        this.adminKey = adminKey;
        this.url = url;
        this.client = new ServerClient(url, Optional.of(adminKey));
        this.stopAtExit = stopAtExit;
    }

    /**
     * Starts a server and returns when it is ready for requests.
     *
     * @param data its data folder, created when it is not there
     * @param limit how long it may take until it is ready
     * @throws CliException with the end of the server's log when it ends early or is not ready in time
     */
    public static ServerProcess start(Distribution distribution, Path data, Duration limit) {
        return start(distribution, data, limit, Map.of());
    }

    /** Starts a server as above, with further environment variables, such as {@code MORTISE_JAVA_OPTS}. */
    public static ServerProcess start(
            Distribution distribution, Path data, Duration limit, Map<String, String> environment) {
        return start(distribution, data, limit, environment, () -> {});
    }

    /**
     * Starts a server as above in a scratch folder, which is removed also when Ctrl-C or a signal ends this process.
     */
    public static ServerProcess start(Distribution distribution, ScratchFolder scratch, Duration limit) {
        return start(distribution, scratch.path(), limit, Map.of(), scratch::close);
    }

    private static ServerProcess start(
            Distribution distribution,
            Path data,
            Duration limit,
            Map<String, String> environment,
            Runnable afterSignal) {
        Path log = data.resolve("server.log");
        String adminKey = newKey();
        Instant deadline = Instant.now().plus(limit);
        Process process;
        try {
            Files.createDirectories(data);
            // What an earlier server left here would name a port that is no longer ours.
            Files.deleteIfExists(data.resolve("server.json"));
            process = launch(distribution, data, log, adminKey, environment);
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.DATA_FOLDER,
                    new Problem(
                            "cli.server-not-started",
                            "A server cannot be started in " + data + ": " + failed.getMessage(),
                            "Check that the folder can be written and the disk has room",
                            null),
                    failed);
        }
        StopAtExit stopAtExit = StopAtExit.register(() -> stop(process), afterSignal);
        try {
            URI url = awaitUrl(process, data, log, deadline);
            ServerProcess server = new ServerProcess(process, log, adminKey, url, stopAtExit);
            awaitReady(server, deadline);
            return server;
        } catch (RuntimeException notReady) {
            stop(process);
            stopAtExit.cancel();
            throw notReady;
        }
    }

    /** Returns the server's root. */
    public URI url() {
        return url;
    }

    /** Returns the key of its administrator. */
    public String adminKey() {
        return adminKey;
    }

    /** Returns a client with the administrator's key; it is closed together with the server. */
    public ServerClient client() {
        return client;
    }

    /** Returns the process id of the server. */
    public long pid() {
        return process.pid();
    }

    /** Returns the file that takes the server's output. */
    public Path log() {
        return log;
    }

    /** Asks the server to drain and stop, waits for it, and forces it when it takes too long. */
    @Override
    public void close() {
        client.close();
        stop(process);
        stopAtExit.cancel();
    }

    /** Returns whether a signal is ending this process, and the server with it. */
    public boolean isEndedBySignal() {
        return stopAtExit.isRunning();
    }

    /**
     * Does nothing while the server lives.
     *
     * @throws CliException with its exit code and the end of its log, when it has ended
     */
    public void requireAlive() {
        if (!process.isAlive() && !isEndedBySignal()) {
            throw ended(process.exitValue(), log, "");
        }
    }

    private static Process launch(
            Distribution distribution, Path data, Path log, String adminKey, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                distribution.launcher().toString(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--stop-with",
                String.valueOf(ProcessHandle.current().pid())));
        builder.environment().put("MORTISE_ADMIN_KEY", adminKey);
        builder.environment().putAll(environment);
        // A file, not a pipe: the server must not block or break when we stop reading.
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static URI awaitUrl(Process process, Path data, Path log, Instant deadline) {
        while (true) {
            Optional<URI> url = readUrl(data.resolve("server.json"));
            if (url.isPresent()) {
                return url.get();
            }
            pause(process, log, deadline);
        }
    }

    private static void awaitReady(ServerProcess server, Instant deadline) {
        while (!server.client.answers("/health/ready")) {
            pause(server.process, server.log, deadline);
        }
    }

    private static Optional<URI> readUrl(Path file) {
        try {
            JsonNode url = JsonMapper.shared().readTree(Files.readString(file)).path("url");
            return url.isString() ? Optional.of(URI.create(url.asString())) : Optional.empty();
        } catch (IOException | JacksonException notYet) {
            return Optional.empty();
        }
    }

    /** Waits a moment, or throws when the server has ended or the time is over. */
    private static void pause(Process process, Path log, Instant deadline) {
        try {
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ended(process.exitValue(), log, " before it was ready");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(ExitCode.FAILURE, "The start of the server was interrupted", log, interrupted);
        }
        if (Instant.now().isAfter(deadline)) {
            throw failure(ExitCode.FAILURE, "The server was not ready in time", log, null);
        }
    }

    private static CliException ended(int number, Path log, String when) {
        ExitCode exitCode = Stream.of(ExitCode.values())
                .filter(code -> code.number() == number && code != ExitCode.OK)
                .findFirst()
                .orElse(ExitCode.FAILURE);
        return failure(exitCode, "The server ended with exit code " + number + when, log, null);
    }

    private static CliException failure(ExitCode exitCode, String what, Path log, @Nullable Throwable cause) {
        return new CliException(
                exitCode,
                new Problem(
                        "cli.server-not-ready",
                        what + lastLines(log),
                        "See the whole log in " + log + ", and try: mortise doctor",
                        null),
                cause);
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return last.isEmpty() ? "" : "; its last words:\n    " + String.join("\n    ", last);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String newKey() {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return "mt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
