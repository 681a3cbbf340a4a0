package dev.mortise.sandbox;

import dev.mortise.api.sandbox.Confinement;
import dev.mortise.api.settings.Setting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the plugin. They are read when it starts.
 *
 * @param minimum the weakest confinement under which code of strangers is run
 * @param workers the folder with a kit for each language; without it, {@code sandbox} beside the server's libraries
 * @param mostWorkers workers of a language at once; 0 for two for each processor
 * @param standby workers for JavaScript that are ready before anybody asks; two where none is given
 * @param standbyPython the same for Python; 0 by default, because each takes 400 MB
 * @param mostWaiting calls that may wait for a worker; 0 for 200
 * @param heapMegabytes heap of a worker; 0 for what its language is known to need
 * @param privateAddresses whether {@code fetch} may reach private, loopback and link-local addresses
 * @since 0.1
 */
public record SandboxSettings(
        @Setting("The weakest confinement under which code of strangers is run; SELF_LOCK where none is given.")
        @Nullable
        Confinement minimum,

        @Setting("The folder with a kit for each language; else the one that came with the server.") @Nullable
        String workers,

        @Setting(value = "Workers of a language at once; 0 for two for each processor.", min = 0, max = 1_000)
        int mostWorkers,

        @Setting(value = "JavaScript workers that stand by; two where none is given.", min = 0, max = 100) @Nullable
        Integer standby,

        @Setting(value = "Python workers that stand by; none by default, each takes 400 MB.", min = 0, max = 100)
        int standbyPython,

        @Setting(value = "Calls that may wait for a worker; 0 for 200.", min = 0, max = 100_000)
        int mostWaiting,

        @Setting(
                value = "Heap of a worker in megabytes; 0 for what its language is known to need.",
                min = 0,
                max = 16_384)
        int heapMegabytes,

        @Setting("Whether fetch may reach private, loopback and link-local addresses; no by default.")
        boolean privateAddresses) {
    private static final int USUAL_STANDBY = 2;
    private static final int USUALLY_WAITING = 200;
    private static final int LEAST_HEAP = 64;

    /**
     * Fills in the defaults.
     *
     * @throws IllegalArgumentException when a heap is too small for a worker to start
     */
    public SandboxSettings {
        mostWorkers = mostWorkers == 0 ? 2 * Runtime.getRuntime().availableProcessors() : mostWorkers;
        standbyPython = Math.min(mostWorkers, standbyPython);
        mostWaiting = mostWaiting == 0 ? USUALLY_WAITING : mostWaiting;
        if (heapMegabytes != 0 && heapMegabytes < LEAST_HEAP) {
            throw new IllegalArgumentException(
                    "heapMegabytes is " + heapMegabytes + "; a worker needs at least " + LEAST_HEAP);
        }
    }

    /** Returns the weakest confinement that the operator accepts. */
    public Confinement least() {
        return minimum != null ? minimum : Confinement.SELF_LOCK;
    }

    /** Returns how many JavaScript workers stand by. */
    public int standing() {
        return Math.min(mostWorkers, standby != null ? standby : USUAL_STANDBY);
    }

    /** Returns the folder with the kits. */
    Path kits() {
        return workers != null
                ? Path.of(workers)
                : Path.of(System.getProperty("mortise.home", ".")).resolve("sandbox");
    }
}
