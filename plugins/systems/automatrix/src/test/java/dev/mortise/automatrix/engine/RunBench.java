package dev.mortise.automatrix.engine;

import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measures runs of a workflow of three nodes through HTTP, client and server in one JVM. Prints one line a load. */
final class RunBench {
    private static final String API = "/api/v1/automatrix/";
    private static final String SOURCE = """
            name: three
            steps:
              - {id: a, node: test.upper, with: {text: "${input.text}"}}
              - {id: b, node: test.upper, with: {text: "${steps.a}"}}
              - {id: c, node: test.upper, with: {text: "${steps.b}"}}
            """;

    private final TestKernel kernel;

    private RunBench(TestKernel kernel) {
        this.kernel = kernel;
    }

    /** Runs the benchmark; the argument is the number of runs of each load, 2,000 by default. */
    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length == 0 ? 2_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("automatrix-bench-");
        try (TestKernel kernel = TestKernel.start(TestNodes.jar(folder, "1.0.0"), TestNodes.AUTOMATRIX)) {
            RunBench bench = new RunBench(kernel);
            kernel.post(
                    API + "workflows",
                    JsonMapper.shared().createObjectNode().put("source", SOURCE).toString());
            bench.load(16, runs);
            for (int round = 0; round < 3; round++) {
                for (int callers : new int[] {1, 16, 64}) {
                    bench.load(callers, runs);
                }
            }
        }
    }

    private void load(int callers, int runs) throws Exception {
        List<Future<List<Long>>> answers = new ArrayList<>();
        long begin = System.nanoTime();
        Duration cpuBefore = cpu();
        try (ExecutorService clients = Executors.newFixedThreadPool(callers)) {
            Callable<List<Long>> client = () -> {
                List<Long> micros = new ArrayList<>();
                for (int index = 0; index < runs / callers; index++) {
                    micros.addAll(transitions());
                }
                return micros;
            };
            for (int caller = 0; caller < callers; caller++) {
                answers.add(clients.submit(client));
            }
        }
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1e3;
        double cpuMillis = cpu().minus(cpuBefore).toNanos() / 1e6;
        List<Long> micros = new ArrayList<>();
        for (Future<List<Long>> answer : answers) {
            micros.addAll(answer.get());
        }
        micros.sort(null);
        System.out.printf(
                "c=%d: %.0f runs/s, %.2f ms CPU of client and server a run, transition p50 %.2f ms, p99 %.2f ms%n",
                callers,
                (runs / callers) * callers / seconds,
                cpuMillis / ((runs / callers) * callers),
                micros.get(micros.size() / 2) / 1e3,
                micros.get(micros.size() * 99 / 100) / 1e3);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Makes one run and returns the times between its steps' ends, of one run in ten, in microseconds. */
    private List<Long> transitions() throws IOException {
        String id = kernel.post(API + "workflows/three/runs", "{\"text\":\"hello\"}")
                .body()
                .path("id")
                .asString();
        JsonNode run = kernel.get(API + "runs/" + id + "?wait=PT30S").body();
        if (!run.path("state").asString().equals("SUCCEEDED")) {
            throw new IOException(run.toString());
        }
        if (id.hashCode() % 10 != 0) {
            return List.of();
        }
        JsonNode steps = kernel.get(API + "runs/" + id + "/steps").body().path("items");
        List<Long> micros = new ArrayList<>();
        for (int index = 1; index < steps.size(); index++) {
            Instant former = Instant.parse(steps.get(index - 1).path("endedAt").asString());
            Instant next = Instant.parse(steps.get(index).path("endedAt").asString());
            micros.add(Duration.between(former, next).toNanos() / 1_000);
        }
        return micros;
    }
}
