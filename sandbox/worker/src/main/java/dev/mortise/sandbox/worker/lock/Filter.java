package dev.mortise.sandbox.worker.lock;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The seccomp filter: which system calls the kernel still takes from this process. A list of what is allowed; all else
 * is refused with {@code EACCES}, and a call in another processor's way ends the process. Format: classic BPF over
 * {@code struct seccomp_data} ({@code linux/filter.h}, {@code linux/seccomp.h}).
 */
final class Filter {
    // What a JVM takes that computes, collects garbage, compiles, and reads and writes what is open already.
    private static final List<String> ALLOWED = List.of(
            "read",
            "write",
            "futex",
            "clock_gettime",
            "ppoll",
            "poll",
            "sched_yield",
            "madvise",
            "mmap",
            "munmap",
            "mprotect",
            "mremap",
            "brk",
            "close",
            "fstat",
            "lseek",
            "pread64",
            "rt_sigaction",
            "rt_sigprocmask",
            "rt_sigreturn",
            "sigaltstack",
            "nanosleep",
            "clock_nanosleep",
            "clock_getres",
            "gettimeofday",
            "getpid",
            "gettid",
            "getrusage",
            "sysinfo",
            "sched_getaffinity",
            "getcpu",
            "set_robust_list",
            "rseq",
            "membarrier",
            "getrandom",
            "restart_syscall",
            "exit",
            "exit_group");

    // What finding and reading files takes, beside to open them.
    private static final List<String> READING = List.of(
            "stat",
            "lstat",
            "newfstatat",
            "statx",
            "access",
            "faccessat",
            "faccessat2",
            "readlink",
            "readlinkat",
            "getdents64",
            "getcwd",
            "dup",
            "fcntl");

    private static final int LOAD = 0x20;
    private static final int AND = 0x54;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int ERROR = 0x00050000;
    private static final int NOT_IMPLEMENTED = 38;

    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;

    private static final int THREAD = 0x00010000;
    private static final int SET_NAME = 15;
    private static final int BYTES_TO_READ = 0x541B;

    // O_ACCMODE, O_CREAT, O_TRUNC, O_APPEND, __O_TMPFILE: what makes an open file more than one to read.
    private static final int CHANGES = 0x3 | 0x40 | 0x200 | 0x400 | 0x400000;

    private record Step(int code, int whenTrue, int whenFalse, int value) {}

    private final List<Step> steps = new ArrayList<>();

    private Filter() {}

    /** Returns the filter of this process, which may go on to open files to read them, or not. */
    static Filter of(Numbers numbers, long process, boolean readsFiles) {
        Filter filter = new Filter();
        filter.load(ARCHITECTURE);
        filter.unlessEqual(numbers.architecture(), KILL);
        filter.load(NUMBER);
        numbers.foreign()
                .ifPresent(first -> filter.add(IF_AT_LEAST, 0, 1, first).answer(KILL));
        ALLOWED.forEach(name -> numbers.find(name).ifPresent(number -> filter.ifEqual(number, ALLOW)));
        if (readsFiles) {
            READING.forEach(name -> numbers.find(name).ifPresent(number -> filter.ifEqual(number, ALLOW)));
            filter.only(numbers.of("openat"), List.of(argument(2)), List.of(CHANGES), List.of(0));
        }
        // The C library tries the newer call first, and takes the older one, whose flags can be looked at, when told
        // so.
        filter.ifEqual(numbers.of("clone3"), ERROR | NOT_IMPLEMENTED);
        filter.only(numbers.of("clone"), List.of(argument(0)), List.of(THREAD), List.of(THREAD));
        filter.exactly(numbers.of("prctl"), List.of(argument(0)), List.of(SET_NAME));
        filter.exactly(numbers.of("ioctl"), List.of(argument(1)), List.of(BYTES_TO_READ));
        filter.exactly(numbers.of("tgkill"), List.of(argument(0)), List.of((int) process));
        // Limits can be read, and only its own.
        filter.exactly(numbers.of("prlimit64"), List.of(argument(0), argument(2), argument(2) + 4), List.of(0, 0, 0));
        filter.answer(ERROR | LinuxCalls.REFUSED);
        return filter;
    }

    /** Returns a {@code struct sock_fprog}. */
    MemorySegment program(SegmentAllocator memory) {
        MemorySegment code = memory.allocate(8L * steps.size(), 8);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            code.set(ValueLayout.JAVA_SHORT, 8L * i, (short) step.code());
            code.set(ValueLayout.JAVA_BYTE, 8L * i + 2, (byte) step.whenTrue());
            code.set(ValueLayout.JAVA_BYTE, 8L * i + 3, (byte) step.whenFalse());
            code.set(ValueLayout.JAVA_INT, 8L * i + 4, step.value());
        }
        MemorySegment program = memory.allocate(16, 8);
        program.set(ValueLayout.JAVA_SHORT, 0, (short) steps.size());
        program.set(ValueLayout.ADDRESS, 8, code);
        return program;
    }

    private static int argument(int index) {
        return 16 + 8 * index;
    }

    private void exactly(int number, List<Integer> offsets, List<Integer> values) {
        only(number, offsets, offsets.stream().map(_ -> -1).toList(), values);
    }

    /** Allows a call where each word, masked, has its value. Leaves the call's number loaded for what follows. */
    private void only(int number, List<Integer> offsets, List<Integer> masks, List<Integer> values) {
        int checks = offsets.size();
        add(IF_EQUAL, 0, 3 * checks + 2, number);
        for (int i = 0; i < checks; i++) {
            load(offsets.get(i));
            add(AND, 0, 0, masks.get(i));
            add(IF_EQUAL, 0, 3 * (checks - 1 - i) + 1, values.get(i));
        }
        answer(ALLOW);
        answer(ERROR | LinuxCalls.REFUSED);
    }

    private void load(int offset) {
        add(LOAD, 0, 0, offset);
    }

    private void ifEqual(int value, int answer) {
        add(IF_EQUAL, 0, 1, value).answer(answer);
    }

    private void unlessEqual(int value, int answer) {
        add(IF_EQUAL, 1, 0, value).answer(answer);
    }

    private void answer(int value) {
        add(RETURN, 0, 0, value);
    }

    private Filter add(int code, int whenTrue, int whenFalse, int value) {
        steps.add(new Step(code, whenTrue, whenFalse, value));
        return this;
    }
}
