package dev.mortise.sandbox.worker.lock;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * System calls of Linux by {@code syscall(2)}: one function of the C library, so one handle to make at start.
 *
 * @since 0.1
 */
public final class LinuxCalls {
    /** {@code EACCES}: what a call that is locked away answers. */
    static final int REFUSED = 13;

    private static final int CLOCK_THREAD_CPUTIME = 3;
    private static final short POLL_HANG_UP = 0x10;
    private static final short POLL_ERROR = 0x08;

    private final Numbers numbers;
    private final MethodHandle syscall;
    private final VarHandle errno;
    private final StructLayout state;

    @SuppressWarnings("restricted")
    private LinuxCalls(Numbers numbers) {
        Linker linker = Linker.nativeLinker();
        this.numbers = numbers;
        this.state = Linker.Option.captureStateLayout();
        this.errno = state.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        ValueLayout word = ValueLayout.JAVA_LONG;
        this.syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(word, word, word, word, word, word, word),
                Linker.Option.captureCallState("errno"));
    }

    /** Returns the calls, or nothing on a system or processor whose calls are not known here. */
    public static Optional<LinuxCalls> find() {
        return Numbers.find().map(LinuxCalls::new);
    }

    /** Ends the process at once, whatever other threads do. */
    public void exit(int code) {
        try (Arena arena = Arena.ofConfined()) {
            call(arena, numbers.exitGroup(), code, 0, 0, 0, 0);
        }
    }

    /** Returns a clock of the time on a processor of the thread that calls it. It is for one thread. */
    public CpuClock threadClock() {
        MemorySegment time = Arena.global().allocate(16, 8);
        MemorySegment captured = Arena.global().allocate(state);
        return () -> {
            call(captured, numbers.clockGettime(), CLOCK_THREAD_CPUTIME, time.address(), 0, 0, 0);
            return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, 8);
        };
    }

    /** Waits until nobody can write to this process's standard input any more. */
    public void awaitHangUp() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            do {
                poll.set(ValueLayout.JAVA_INT, 0, 0);
                poll.set(ValueLayout.JAVA_INT, 4, 0);
                call(arena, numbers.ppoll(), poll.address(), 1, 0, 0, 8);
            } while ((poll.get(ValueLayout.JAVA_SHORT, 6) & (POLL_HANG_UP | POLL_ERROR)) == 0);
        }
    }

    Numbers numbers() {
        return numbers;
    }

    /** Makes a call. Returns its value, or its error number, negated. */
    long call(Arena arena, long number, long a, long b, long c, long d, long e) {
        return call(arena.allocate(state), number, a, b, c, d, e);
    }

    private long call(MemorySegment captured, long number, long a, long b, long c, long d, long e) {
        try {
            long value = (long) syscall.invokeExact(captured, number, a, b, c, d, e);
            return value == -1 ? -(int) errno.get(captured, 0L) : value;
        } catch (Throwable t) {
            throw new IllegalStateException("The system call " + number + " cannot be made", t);
        }
    }
}
