package dev.mortise.automatrix.engine;

import dev.mortise.kernel.testkit.TestKernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A server in a process of its own, to be killed. Says where it listens, and stops in order when its input ends. */
final class CrashServer {
    private CrashServer() {}

    /**
     * Starts a server.
     *
     * @param arguments the data folder, then the jars of plugins to install where they are not installed yet
     */
    public static void main(String[] arguments) throws IOException {
        try (TestKernel kernel = TestKernel.onDataFolder(Path.of(arguments[0]))) {
            if (kernel.plugins().list().isEmpty()) {
                Arrays.stream(arguments)
                        .skip(1)
                        .map(Path::of)
                        .forEach(jar -> kernel.plugins().install(jar));
            }
            System.out.println("READY " + kernel.url() + " " + kernel.adminKey());
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
    }
}
