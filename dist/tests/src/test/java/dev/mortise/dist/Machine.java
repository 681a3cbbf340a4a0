package dev.mortise.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What a test does to the machine itself. Where it may not, the test is skipped and says so. */
final class Machine {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Machine() {}

    /** Skips the test unless it is run by root and these programs are there. */
    static void needsRootAnd(String... programs) {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        List<String> missing = List.of(programs).stream()
                .filter(program -> exitCode("sh", "-c", "command -v " + program) != 0)
                .toList();
        if (!isRoot || !missing.isEmpty()) {
            String why = "SKIPPED: " + (isRoot ? "the programs " + missing + " are missing" : "only root may do this");
            System.out.println(why);
            Assumptions.abort(why);
        }
    }

    /** Runs a command, which has to succeed. */
    static void run(String... command) {
        int code = exitCode(command);
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }

    private static int exitCode(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return ServerUnderTest.await(process, LIMIT);
        } catch (IOException e) {
            return -1;
        }
    }

    /** What makes the clock of a process wrong: what tells the time of day, and nothing that measures durations. */
    record WrongClock(Path library) {
        private static final String SOURCE = """
                #define _GNU_SOURCE
                #include <dlfcn.h>
                #include <stdlib.h>
                #include <sys/time.h>
                #include <time.h>
                static long wrong(void) {
                    static long by;
                    static int known;
                    if (!known) {
                        const char *text = getenv("WRONG_BY_SECONDS");
                        by = text ? atol(text) : 0;
                        known = 1;
                    }
                    return by;
                }
                int clock_gettime(clockid_t clock, struct timespec *now) {
                    static int (*real)(clockid_t, struct timespec *);
                    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
                    int result = real(clock, now);
                    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += wrong();
                    return result;
                }
                int gettimeofday(struct timeval *now, void *zone) {
                    struct timespec exact;
                    int result = clock_gettime(CLOCK_REALTIME, &exact);
                    now->tv_sec = exact.tv_sec;
                    now->tv_usec = exact.tv_nsec / 1000;
                    return result;
                }
                time_t time(time_t *to) {
                    struct timespec exact;
                    clock_gettime(CLOCK_REALTIME, &exact);
                    if (to) *to = exact.tv_sec;
                    return exact.tv_sec;
                }
                """;

        /** Compiles it, for the library loader. */
        static WrongClock compile(Path folder) throws IOException {
            Path source = Files.writeString(folder.resolve("clock.c"), SOURCE);
            Path library = folder.resolve("clock.so");
            run("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
            return new WrongClock(library);
        }

        /** Returns the environment of a process whose clock is to be wrong. */
        Map<String, String> by(Duration time) {
            return Map.of("LD_PRELOAD", library.toString(), "WRONG_BY_SECONDS", String.valueOf(time.toSeconds()));
        }
    }

    /** A small disk in memory. */
    record Disk(Path folder) implements AutoCloseable {
        private static final String BALLAST = "ballast";

        static Disk mount(Path folder, int megabytes) throws IOException {
            Files.createDirectories(folder);
            run("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + megabytes + "m", "tmpfs", folder.toString());
            return new Disk(folder);
        }

        /** Takes all room that is left. */
        void fill() {
            byte[] block = "full".repeat(1 << 12).getBytes(StandardCharsets.US_ASCII);
            try (var out = Files.newOutputStream(folder.resolve(BALLAST))) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                if (folder.toFile().getUsableSpace() > block.length) {
                    throw new UncheckedIOException(full);
                }
            }
        }

        /** Gives the room back. */
        void free() throws IOException {
            Files.delete(folder.resolve(BALLAST));
        }

        @Override
        public void close() {
            run("umount", "-l", folder.toString());
        }
    }

    /**
     * A network of its own for one process, on two wires to this machine: one to the database, which can be pulled, and
     * one to the clients.
     */
    record Network(String name) implements AutoCloseable {
        private static final String DATABASE_WIRE = "mdb";
        private static final String CLIENT_WIRE = "mcl";

        static Network make() {
            Network network = new Network("mortise-" + ProcessHandle.current().pid());
            run("ip", "netns", "add", network.name);
            network.inside("ip", "link", "set", "lo", "up");
            network.wire(DATABASE_WIRE, "10.213.1.");
            network.wire(CLIENT_WIRE, "10.213.2.");
            return network;
        }

        private void wire(String wire, String net) {
            run("ip", "link", "add", wire, "type", "veth", "peer", "name", "eth-" + wire, "netns", name);
            run("ip", "addr", "add", net + "1/30", "dev", wire);
            run("ip", "link", "set", wire, "up");
            inside("ip", "addr", "add", net + "2/30", "dev", "eth-" + wire);
            inside("ip", "link", "set", "eth-" + wire, "up");
        }

        private void inside(String... command) {
            String[] all = new String[command.length + 4];
            List.of("ip", "netns", "exec", name).toArray(all);
            System.arraycopy(command, 0, all, 4, command.length);
            run(all);
        }

        /** Returns what a command in the network begins with. */
        List<String> prefix() {
            return List.of("ip", "netns", "exec", name);
        }

        /** Returns where the database has to listen. */
        String databaseAddress() {
            return "10.213.1.1";
        }

        /** Returns where a server in the network has to listen. */
        String serverAddress() {
            return "10.213.2.2";
        }

        /** Pulls the cable to the database: packets go nowhere and nobody is told. */
        void cut() {
            run("ip", "link", "set", DATABASE_WIRE, "down");
        }

        void mend() {
            run("ip", "link", "set", DATABASE_WIRE, "up");
        }

        @Override
        public void close() {
            run("ip", "netns", "del", name);
        }
    }
}
