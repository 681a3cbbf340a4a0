package dev.mortise.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.mortise.cli.ExitCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the machine gives: a JDK, memory, file handles, a temporary folder, a clock. */
final class MachineChecks {
    /** No build is older than this, so a clock that is cannot be right. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final int JAVA_NEEDED = 25;
    private static final long MEMORY_NEEDED = 1L << 30;
    private static final long FILES_NEEDED = 4096;

    private MachineChecks() {}

    static List<Check> all() {
        return List.of(
                MachineChecks::java,
                MachineChecks::memory,
                MachineChecks::files,
                MachineChecks::temporaryFolder,
                MachineChecks::fileNames,
                MachineChecks::clock);
    }

    private static Finding java() {
        String found = Runtime.version() + " in " + System.getProperty("java.home");
        return Runtime.version().feature() >= JAVA_NEEDED
                ? Finding.ok("java", found)
                : Finding.fail("java", found, "Install a JDK " + JAVA_NEEDED + " or newer", ExitCode.NO_JDK);
    }

    private static Finding memory() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        String found = gigabytes(system.getTotalMemorySize()) + " in all, " + system.getAvailableProcessors()
                + (system.getAvailableProcessors() == 1 ? " processor" : " processors");
        return system.getTotalMemorySize() < MEMORY_NEEDED
                ? Finding.warn("memory", found, "Give the machine or the container 1 GB or more")
                : Finding.ok("memory", found);
    }

    private static Finding files() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return Finding.ok("files", "this system does not say how many files may be open");
        }
        long limit = system.getMaxFileDescriptorCount();
        return limit < FILES_NEEDED
                ? Finding.warn(
                        "files",
                        "only " + limit + " files and connections may be open",
                        "Raise the limit, for example with: ulimit -n 65536")
                : Finding.ok("files", limit + " files and connections may be open");
    }

    private static Finding temporaryFolder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Files.delete(Files.createTempFile(folder, "mortise", ".tmp"));
            return Finding.ok("temp", folder + " can be written");
        } catch (IOException refused) {
            return Finding.fail(
                    "temp",
                    folder + " cannot be written: " + refused.getMessage(),
                    "Make room in it, or set MORTISE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    ExitCode.FAILURE);
        }
    }

    private static Finding fileNames() {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return names.equals(StandardCharsets.UTF_8)
                ? Finding.ok("locale", "file names are UTF-8")
                : Finding.warn(
                        "locale",
                        "file names are " + names + ", so those with other letters cannot be opened",
                        "Set LC_ALL=C.UTF-8");
    }

    private static Finding clock() {
        Instant now = Instant.now();
        return now.isBefore(EARLIEST)
                ? Finding.fail(
                        "clock",
                        "it says " + now + ", which is in the past",
                        "Set the clock; keys and certificates are checked against it",
                        ExitCode.FAILURE)
                : Finding.ok("clock", now.toString());
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
