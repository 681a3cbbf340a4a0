package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.kernel.redact.PersonalData;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of the audit record in kernel/README.md: {@code ./mvnw -pl kernel -am test -Dtest=AuditFigures
 * -Dsurefire.failIfNoSpecifiedTests=false} writes {@code kernel/target/audit-figures.txt}. Not a test: it asserts
 * nothing, and its name keeps it out of the usual run. The tests' PostgreSQL does not sync to the disk, so an append
 * costs the wait for the disk more in earnest.
 */
class AuditFigures {
    private static final int ENTRIES = 20_000;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void figures() throws Exception {
        try (AuditBench bench = new AuditBench(folder)) {
            one(bench, 1_000);
            append(bench);
            long began = System.nanoTime();
            many(bench);
            add("record, 8 threads", ENTRIES, began);
            began = System.nanoTime();
            bench.room.verify(bench.tenant);
            add("link what was left and verify, first", ENTRIES, began);
            began = System.nanoTime();
            ChainCheck.Verdict verdict = bench.room.verify(bench.tenant);
            add("verify", verdict.entries(), began);
            began = System.nanoTime();
            String export = bench.export(AuditQuery.ALL);
            add("export as JSON lines", verdict.entries(), began);
            began = System.nanoTime();
            new ExportCheck(Set.of()).verify(new BufferedReader(new StringReader(export)));
            add("verify the export offline", verdict.entries(), began);
        }
        linking();
        String text =
                "Order 4711 of Ann was changed by the workflow intake in 12 ms, see run 0192f0c1-5b7e-7000-8000-00000000abcd";
        for (int i = 0; i < 20_000; i++) {
            PersonalData.redact(text);
        }
        long began = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            PersonalData.redact(text);
        }
        add("redact a detail of 105 characters", 20_000, began);
        Files.write(Path.of("target/audit-figures.txt"), lines);
    }

    private void append(AuditBench bench) {
        long[] nanos = new long[5_000];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            one(bench, 1);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        lines.add(String.format(
                Locale.ROOT,
                "record, one thread: median %.3f ms, p99 %.3f ms",
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6));
    }

    private static void one(AuditBench bench, int count) {
        bench.alice.run(() -> {
            for (int i = 0; i < count; i++) {
                bench.room
                        .audit()
                        .record(AuditEntry.done("test.thing.changed", "thing/7").with("to", "blue"));
            }
        });
    }

    private static void many(AuditBench bench) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> one(bench, ENTRIES / 8));
            }
        }
    }

    /** Entries that were recorded while no linker ran, as after a stop. */
    private void linking() throws Exception {
        try (AuditBench bench = new AuditBench(Files.createDirectory(folder.resolve("linking")))) {
            bench.room.close();
            many(bench);
            long began = System.nanoTime();
            bench.room.link(bench.tenant);
            add("link", ENTRIES, began);
        }
    }

    private void add(String what, long count, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d in %.2f s, %.0f/s, %.1f µs each",
                what,
                count,
                seconds,
                count / seconds,
                seconds * 1e6 / count));
    }
}
