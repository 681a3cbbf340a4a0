package dev.mortise.sandbox.run;

import dev.mortise.api.http.Described;
import dev.mortise.api.sandbox.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits as people order them; what is left out is as {@link Limits#standard} has it.
 *
 * @since 0.1
 */
public record LimitsOrder(
        @Described("Time on a processor in milliseconds, at most 30,000. Default 1,000.") @Nullable
        Integer cpuMillis,

        @Described("Time by the clock in milliseconds, at most 300,000. Default 5,000.") @Nullable
        Integer wallMillis,

        @Described("Calls within calls, at most 2,000, which is the default.") @Nullable
        Integer frames,

        @Described("Size of the result in bytes, at most 16 MiB. Default 4 MiB.") @Nullable
        Integer outputBytes,

        @Described("Size of the console's output in bytes, at most 1 MiB. Default 64 KiB.") @Nullable
        Integer logBytes,

        @Described("Calls of host functions. Default 100.") @Nullable
        Integer hostCalls) {
    /** Returns the limits. A value out of range is refused with {@code api.input-invalid}. */
    public Limits limits() {
        Limits limits = Limits.standard();
        if (cpuMillis != null) {
            limits = limits.withCpu(Duration.ofMillis(cpuMillis));
        }
        if (wallMillis != null) {
            limits = limits.withWall(Duration.ofMillis(wallMillis));
        }
        if (frames != null) {
            limits = limits.withFrames(frames);
        }
        if (outputBytes != null) {
            limits = limits.withOutputBytes(outputBytes);
        }
        if (logBytes != null) {
            limits = limits.withLogBytes(logBytes);
        }
        return hostCalls == null ? limits : limits.withHostCalls(hostCalls);
    }
}
