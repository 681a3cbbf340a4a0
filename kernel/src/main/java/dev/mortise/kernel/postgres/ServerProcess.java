package dev.mortise.kernel.postgres;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How the programs of PostgreSQL are started and told to stop. */
final class ServerProcess {
    private static final Duration POLL = Duration.ofMillis(5);

    private ServerProcess() {}

    /** Prepares a program whose output goes to the log file and whose environment is not ours. */
    static ProcessBuilder builder(List<String> command, ServerLog log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .directory(new File("/"));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    /**
     * Sends a signal by the shell's own {@code kill}: the JDK can send only SIGTERM, which tells PostgreSQL to wait for
     * its clients, and SIGKILL.
     */
    static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Waits until the process is gone, or a zombie, and returns whether it is. */
    static boolean awaitEnd(long pid, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (ClusterProcesses.isRunning(pid)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
