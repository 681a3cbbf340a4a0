package dev.mortise.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built distribution's server as a real process on a data folder, which can be killed and started again. */
final class ServerUnderTest implements AutoCloseable {
    static final String KEY = "end-to-end-administrator-key-0123456789abcdef";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final Map<String, String> environment;
    private final List<String> wrapper;
    private Process process;
    private boolean isPaused;

    ServerUnderTest(Path data) {
        this(data, Map.of());
    }

    /** Starts the server with these variables in its environment besides our own. */
    ServerUnderTest(Path data, Map<String, String> environment) {
        this(data, environment, List.of());
    }

    /** Starts the server by another command, which ends in executing what follows it, such as {@code ip netns exec}. */
    ServerUnderTest(Path data, Map<String, String> environment, List<String> wrapper) {
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.wrapper = List.copyOf(wrapper);
        this.process = launch();
    }

    static Path distribution() {
        return Path.of(System.getProperty("mortise.distribution")).normalize();
    }

    /** Starts {@code bin/mortise} with these arguments; the output goes to a file in the folder. */
    static Process run(Path folder, Map<String, String> environment, String... arguments) {
        return run(List.of(), folder, environment, arguments);
    }

    private static Process run(
            List<String> wrapper, Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(distribution().resolve("bin/mortise").toString());
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("output.log").toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            Files.createDirectories(data);
            Files.deleteIfExists(data.resolve("server.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>(environment);
        all.put("MORTISE_ADMIN_KEY", KEY);
        return run(wrapper, data, all, "serve", "--data", data.toString(), "--port", "0");
    }

    /** Kills the process as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        await(process, Duration.ofSeconds(30));
    }

    /** Starts the server again on the same data folder. */
    void restart() {
        process = launch();
    }

    /** Asks the server to stop as an operator does, and returns its exit code. */
    int stop() {
        process.destroy();
        return await(process, Duration.ofMinutes(1));
    }

    /** Stops all threads of the process, as a machine does that is frozen. */
    void pause() {
        signal("STOP");
        isPaused = true;
    }

    /** Lets a process that is paused go on as if nothing had been. */
    void resume() {
        signal("CONT");
        isPaused = false;
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (await(kill, Duration.ofSeconds(10)) != 0) {
                throw new IllegalStateException("The signal " + name + " could not be sent");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the status of one request without a second try; 0 when there was no answer. */
    int status(String path) {
        try {
            return send(request(path).build()).statusCode();
        } catch (IOException | RuntimeException noAnswer) {
            return 0;
        }
    }

    /**
     * Waits for the end of a process. One that does not come tells in its output what its threads do, and is killed.
     */
    static int await(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                var _ = new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                        .start()
                        .waitFor();
                var _ = process.waitFor(2, TimeUnit.SECONDS);
                process.destroyForcibly();
                throw new IllegalStateException("The process did not end within " + limit);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server says that it is ready. */
    void awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server has ended:\n" + log());
            }
            try {
                if (send(request("/health/ready").build()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Wait.pause(BETWEEN_LOOKS);
            }
        }
        throw new IllegalStateException("The server is not ready after " + START_LIMIT + ":\n" + log());
    }

    String log() {
        try {
            return Files.readString(data.resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a command needs to find this server. */
    Map<String, String> clientEnvironment() throws IOException {
        awaitReady();
        return Map.of("MORTISE_URL", url(), "MORTISE_KEY", KEY);
    }

    private String url() throws IOException {
        Path file = data.resolve("server.json");
        return JsonMapper.shared().readTree(Files.readString(file)).path("url").asString();
    }

    /** Begins a request with the administrator's key. */
    HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json");
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens an answer that goes on, line by line; closing the stream ends it. */
    Stream<String> lines(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + KEY)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) throws IOException {
        return json(send(request(path).build()));
    }

    JsonNode post(String path, String body) throws IOException {
        return json(send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build()));
    }

    JsonNode put(String path, String body) throws IOException {
        return json(send(
                request(path).PUT(HttpRequest.BodyPublishers.ofString(body)).build()));
    }

    /** Installs a plugin from its jar, or updates it. */
    void upload(String method, String path, Path jar) throws IOException {
        json(send(request(path)
                .setHeader("Content-Type", "application/java-archive")
                .timeout(Duration.ofMinutes(2))
                .method(method, HttpRequest.BodyPublishers.ofFile(jar))
                .build()));
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    /** Asks the server to stop, and waits for it. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
        if (isPaused) {
            resume();
        }
        process.destroy();
        await(process, Duration.ofMinutes(1));
    }
}
