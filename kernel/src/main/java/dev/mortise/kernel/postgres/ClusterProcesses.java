package dev.mortise.kernel.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of one cluster, as {@code /proc} shows them. A process id alone proves nothing: it may have been given
 * to another program since, or belong to a zombie that nobody reaps (a container without an init process), which the
 * JVM and PostgreSQL both take for alive.
 *
 * @param cluster the data directory
 */
record ClusterProcesses(Path cluster) {
    private static final Path PROC = Path.of("/proc");

    /** Returns whether the process is a postmaster of this cluster and not a zombie. */
    boolean isPostmaster(long pid) {
        return isRunning(pid) && commandLine(pid).contains(cluster.toString());
    }

    /** Returns whether the process exists and is not a zombie. */
    static boolean isRunning(long pid) {
        try {
            // proc_pid_stat(5): "pid (comm) state ..."; comm may itself hold parentheses, so look from the end.
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Returns whether any process still works in the cluster: a backend outlives a killed postmaster for a moment, and
     * a second server beside it would destroy data. A process whose folder we may not see counts when it calls itself a
     * backend of PostgreSQL.
     */
    boolean anyLeft() throws IOException {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .anyMatch(this::worksHere);
        }
    }

    private boolean worksHere(Path process) {
        long pid = Long.parseLong(process.getFileName().toString());
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(cluster);
        } catch (AccessDeniedException hidden) {
            List<String> command = commandLine(pid);
            return isRunning(pid) && !command.isEmpty() && command.getFirst().startsWith("postgres: ");
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<String> commandLine(long pid) {
        try {
            String line = new String(Files.readAllBytes(PROC.resolve(pid + "/cmdline")), StandardCharsets.UTF_8);
            return List.of(line.split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }
}
