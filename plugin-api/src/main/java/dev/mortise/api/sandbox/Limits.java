package dev.mortise.api.sandbox;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;

/**
 * What one call may use. Sizes are bytes of UTF-8.
 *
 * @param cpu time on a processor, at most 30 s
 * @param wall time by the clock, host functions apart; the worker is killed when it is over
 * @param hostWall time that host functions may take together
 * @param frames calls within calls
 * @param outputBytes size of the result's JSON
 * @param logBytes size of the captured console output; what comes after is dropped, and said so
 * @param hostCalls how often host functions may be called
 * @since 0.1
 */
public record Limits(
        Duration cpu, Duration wall, Duration hostWall, int frames, int outputBytes, int logBytes, int hostCalls) {
    /** The most processor time that can be asked for. */
    public static final Duration MOST_CPU = Duration.ofSeconds(30);

    /** The most time by the clock that can be asked for. */
    public static final Duration MOST_WALL = Duration.ofMinutes(5);

    private static final Limits STANDARD = new Limits(
            Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), 2_000, 4 << 20, 64 << 10, 100);

    /** Refuses what cannot be held. */
    public Limits {
        within("cpu", cpu, MOST_CPU);
        within("wall", wall, MOST_WALL);
        within("hostWall", hostWall, MOST_WALL);
        within("frames", frames, 10, 2_000);
        within("outputBytes", outputBytes, 2, 16 << 20);
        within("logBytes", logBytes, 0, 1 << 20);
        within("hostCalls", hostCalls, 0, 10_000);
    }

    /**
     * Returns the usual limits: 1 s of processor, 5 s by the clock, 30 s in host functions, 2,000 frames, 4 MiB of
     * result, 64 KiB of log, 100 calls of host functions.
     */
    public static Limits standard() {
        return STANDARD;
    }

    /** Returns these limits with another processor time. */
    public Limits withCpu(Duration value) {
        return new Limits(value, wall, hostWall, frames, outputBytes, logBytes, hostCalls);
    }

    /** Returns these limits with another time by the clock. */
    public Limits withWall(Duration value) {
        return new Limits(cpu, value, hostWall, frames, outputBytes, logBytes, hostCalls);
    }

    /** Returns these limits with another time for host functions. */
    public Limits withHostWall(Duration value) {
        return new Limits(cpu, wall, value, frames, outputBytes, logBytes, hostCalls);
    }

    /** Returns these limits with another depth of calls. */
    public Limits withFrames(int value) {
        return new Limits(cpu, wall, hostWall, value, outputBytes, logBytes, hostCalls);
    }

    /** Returns these limits with another size of the result. */
    public Limits withOutputBytes(int value) {
        return new Limits(cpu, wall, hostWall, frames, value, logBytes, hostCalls);
    }

    /** Returns these limits with another size of the log. */
    public Limits withLogBytes(int value) {
        return new Limits(cpu, wall, hostWall, frames, outputBytes, value, hostCalls);
    }

    /** Returns these limits with another number of calls of host functions. */
    public Limits withHostCalls(int value) {
        return new Limits(cpu, wall, hostWall, frames, outputBytes, logBytes, value);
    }

    private static void within(String name, Duration value, Duration most) {
        if (!value.isPositive() || value.compareTo(most) > 0) {
            throw invalid(name, "longer than nothing and at most " + most, value);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw invalid(name, "from " + least + " to " + most, value);
        }
    }

    private static MortiseException invalid(String name, String allowed, Object value) {
        return new MortiseException(
                ApiError.INPUT_INVALID,
                "The limit " + name + " must be " + allowed + ", not " + value,
                "Ask for a limit in that range");
    }
}
