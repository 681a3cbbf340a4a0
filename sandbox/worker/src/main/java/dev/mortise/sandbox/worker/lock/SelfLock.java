package dev.mortise.sandbox.worker.lock;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Takes from this process, for good, what computing does not need. Order matters: limits first, since the lock refuses
 * to set them.
 *
 * @since 0.1
 */
public final class SelfLock {
    private static final int SET_NO_NEW_PRIVILEGES = 38;
    private static final int SET_FILTER = 1;
    private static final int ALL_THREADS = 1;
    private static final int THIS_FOLDER = -100;
    private static final int TO_WRITE = 1;
    private static final int INTERNET = 2;
    private static final int STREAM = 1;

    private final LinuxCalls calls;

    /** Locks by these calls. */
    public SelfLock(LinuxCalls calls) {
        this.calls = calls;
    }

    /**
     * Limits resources ({@code setrlimit(2)}), soft and hard.
     *
     * @return whether all limits hold
     */
    public boolean limit(Map<Resource, Long> limits) {
        boolean all = true;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(16, 8);
            for (Map.Entry<Resource, Long> limit : limits.entrySet()) {
                pair.set(ValueLayout.JAVA_LONG, 0, limit.getValue());
                pair.set(ValueLayout.JAVA_LONG, 8, limit.getValue());
                long set = calls.call(
                        arena,
                        calls.numbers().of("prlimit64"),
                        0,
                        limit.getKey().number(),
                        pair.address(),
                        0,
                        0);
                all &= set == 0;
            }
        }
        return all;
    }

    /**
     * Gives up system calls in all threads, and looks whether they are gone.
     *
     * @param readsFiles whether files can be opened to be read any more: for a language whose library is in files
     * @return whether they are
     */
    public boolean lock(boolean readsFiles) {
        try (Arena arena = Arena.ofConfined()) {
            long process = ProcessHandle.current().pid();
            MemorySegment program =
                    Filter.of(calls.numbers(), process, readsFiles).program(arena);
            MemorySegment folder = arena.allocateFrom("/");
            Numbers numbers = calls.numbers();
            return calls.call(arena, numbers.of("prctl"), SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
                    && calls.call(arena, numbers.of("seccomp"), SET_FILTER, ALL_THREADS, program.address(), 0, 0) == 0
                    && refused(calls.call(
                            arena,
                            numbers.of("openat"),
                            THIS_FOLDER,
                            folder.address(),
                            readsFiles ? TO_WRITE : 0,
                            0,
                            0))
                    && refused(calls.call(arena, numbers.of("socket"), INTERNET, STREAM, 0, 0, 0));
        }
    }

    private static boolean refused(long value) {
        return value == -LinuxCalls.REFUSED;
    }
}
