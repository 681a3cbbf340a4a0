package dev.mortise.bench;

import dev.mortise.kernel.data.FolderTree;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The built distribution: how long until it is ready, and how much memory it takes. */
final class StartBench {
    private static final int STARTS = 5;
    private static final String KEY = "benchmark-administrator-key-0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();
    private final PrintStream out;

    StartBench(PrintStream out) {
        this.out = out;
    }

    void run() throws Exception {
        out.println("== start (launcher script to a ready /health/ready)");
        Path data = Files.createTempDirectory("mortise-bench-");
        try {
            out.printf("first start, with unpacking and initdb: %.0f ms (promise 6,000 ms)%n", startAndStop(data));
            List<Double> warm = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                warm.add(startAndStop(data));
            }
            out.printf(
                    "warm start: %s (promise 2,500 ms, goal 1,500 ms)%n",
                    Figures.of(warm).inMillis());
            memory(data);
        } finally {
            FolderTree.delete(data);
            http.close();
        }
    }

    private double startAndStop(Path data) throws Exception {
        Running server = start(data);
        stop(server);
        return server.millisUntilReady();
    }

    private void memory(Path data) throws Exception {
        Running server = start(data);
        TimeUnit.SECONDS.sleep(3);
        out.printf(
                "resident, kernel alone: %d MB (promise 200 MB)%n",
                residentMegabytes(server.process().pid()));
        for (String plugin : List.of("relaycore", "local-embeddings")) {
            send(server, "/api/v1/kernel/plugins", "{\"id\":\"" + plugin + "\"}");
        }
        for (int i = 0; i < 200; i++) {
            send(server, "/api/v1/relaycore/embeddings", "{\"input\":\"The brakes of car number " + i + " squeal.\"}");
        }
        out.printf(
                "resident, with the embedding model after 200 calls: %d MB (promise 450 MB)%n",
                residentMegabytes(server.process().pid()));
        for (String plugin : List.of("automatrix", "automotive")) {
            send(server, "/api/v1/kernel/plugins", "{\"id\":\"" + plugin + "\"}");
        }
        TimeUnit.SECONDS.sleep(5);
        out.printf(
                "resident, with the plugins of `mortise try`: %d MB%n",
                residentMegabytes(server.process().pid()));
        stop(server);
    }

    private record Running(Process process, URI url, double millisUntilReady) {}

    private Running start(Path data) throws Exception {
        Path file = data.resolve("server.json");
        Files.deleteIfExists(file);
        Path launcher = Path.of(System.getProperty("mortise.distribution")).resolve("bin/mortise");
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.normalize().toString(), "serve", "--data", data.toString(), "--port", "0")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("output.log").toFile());
        builder.environment().put("MORTISE_ADMIN_KEY", KEY);
        long began = System.nanoTime();
        Process process = builder.start();
        while (true) {
            if (!process.isAlive()) {
                throw new IOException(Files.readString(data.resolve("output.log")));
            }
            if (Files.exists(file)) {
                URI url = URI.create(JsonMapper.shared()
                        .readTree(Files.readString(file))
                        .path("url")
                        .asString());
                HttpRequest ready =
                        HttpRequest.newBuilder(url.resolve("/health/ready")).build();
                if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return new Running(process, url, (System.nanoTime() - began) / 1e6);
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void send(Running server, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.body());
        }
    }

    private static long residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static void stop(Running server) throws InterruptedException {
        server.process().destroy();
        server.process().waitFor();
    }
}
