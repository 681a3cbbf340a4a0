package dev.mortise.sandbox.worker.lock;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a processor's system calls are numbered (Linux, {@code arch/x86/entry/syscalls/syscall_64.tbl} and
 * {@code include/uapi/asm-generic/unistd.h}).
 *
 * @param architecture what {@code seccomp_data.arch} holds ({@code AUDIT_ARCH_…} of {@code linux/audit.h})
 * @param foreign the first number that belongs to another way of calling (x32), or nothing
 * @param byName numbers of the calls that are named here; a call that a processor does not have is missing
 */
record Numbers(int architecture, Optional<Integer> foreign, Map<String, Integer> byName) {
    private static final Numbers X86_64 = new Numbers(
            0xC000003E,
            Optional.of(0x40000000),
            Map.ofEntries(
                    Map.entry("read", 0),
                    Map.entry("stat", 4),
                    Map.entry("lstat", 6),
                    Map.entry("access", 21),
                    Map.entry("dup", 32),
                    Map.entry("fcntl", 72),
                    Map.entry("getcwd", 79),
                    Map.entry("readlink", 89),
                    Map.entry("getdents64", 217),
                    Map.entry("newfstatat", 262),
                    Map.entry("readlinkat", 267),
                    Map.entry("faccessat", 269),
                    Map.entry("statx", 332),
                    Map.entry("faccessat2", 439),
                    Map.entry("write", 1),
                    Map.entry("open", 2),
                    Map.entry("close", 3),
                    Map.entry("fstat", 5),
                    Map.entry("poll", 7),
                    Map.entry("lseek", 8),
                    Map.entry("mmap", 9),
                    Map.entry("mprotect", 10),
                    Map.entry("munmap", 11),
                    Map.entry("brk", 12),
                    Map.entry("rt_sigaction", 13),
                    Map.entry("rt_sigprocmask", 14),
                    Map.entry("rt_sigreturn", 15),
                    Map.entry("ioctl", 16),
                    Map.entry("pread64", 17),
                    Map.entry("sched_yield", 24),
                    Map.entry("mremap", 25),
                    Map.entry("madvise", 28),
                    Map.entry("nanosleep", 35),
                    Map.entry("getpid", 39),
                    Map.entry("socket", 41),
                    Map.entry("clone", 56),
                    Map.entry("exit", 60),
                    Map.entry("gettimeofday", 96),
                    Map.entry("getrusage", 98),
                    Map.entry("sysinfo", 99),
                    Map.entry("sigaltstack", 131),
                    Map.entry("prctl", 157),
                    Map.entry("gettid", 186),
                    Map.entry("futex", 202),
                    Map.entry("sched_getaffinity", 204),
                    Map.entry("restart_syscall", 219),
                    Map.entry("clock_gettime", 228),
                    Map.entry("clock_getres", 229),
                    Map.entry("clock_nanosleep", 230),
                    Map.entry("exit_group", 231),
                    Map.entry("tgkill", 234),
                    Map.entry("openat", 257),
                    Map.entry("ppoll", 271),
                    Map.entry("set_robust_list", 273),
                    Map.entry("prlimit64", 302),
                    Map.entry("getcpu", 309),
                    Map.entry("seccomp", 317),
                    Map.entry("getrandom", 318),
                    Map.entry("membarrier", 324),
                    Map.entry("rseq", 334),
                    Map.entry("clone3", 435)));

    private static final Numbers AARCH64 = new Numbers(
            0xC00000B7,
            Optional.empty(),
            Map.ofEntries(
                    Map.entry("ioctl", 29),
                    Map.entry("getcwd", 17),
                    Map.entry("dup", 23),
                    Map.entry("fcntl", 25),
                    Map.entry("faccessat", 48),
                    Map.entry("getdents64", 61),
                    Map.entry("readlinkat", 78),
                    Map.entry("newfstatat", 79),
                    Map.entry("statx", 291),
                    Map.entry("faccessat2", 439),
                    Map.entry("openat", 56),
                    Map.entry("close", 57),
                    Map.entry("lseek", 62),
                    Map.entry("read", 63),
                    Map.entry("write", 64),
                    Map.entry("pread64", 67),
                    Map.entry("ppoll", 73),
                    Map.entry("fstat", 80),
                    Map.entry("exit", 93),
                    Map.entry("exit_group", 94),
                    Map.entry("futex", 98),
                    Map.entry("set_robust_list", 99),
                    Map.entry("nanosleep", 101),
                    Map.entry("clock_gettime", 113),
                    Map.entry("clock_getres", 114),
                    Map.entry("clock_nanosleep", 115),
                    Map.entry("sched_getaffinity", 123),
                    Map.entry("sched_yield", 124),
                    Map.entry("restart_syscall", 128),
                    Map.entry("tgkill", 131),
                    Map.entry("sigaltstack", 132),
                    Map.entry("rt_sigaction", 134),
                    Map.entry("rt_sigprocmask", 135),
                    Map.entry("rt_sigreturn", 139),
                    Map.entry("getrusage", 165),
                    Map.entry("prctl", 167),
                    Map.entry("getcpu", 168),
                    Map.entry("gettimeofday", 169),
                    Map.entry("getpid", 172),
                    Map.entry("gettid", 178),
                    Map.entry("sysinfo", 179),
                    Map.entry("socket", 198),
                    Map.entry("brk", 214),
                    Map.entry("munmap", 215),
                    Map.entry("mremap", 216),
                    Map.entry("clone", 220),
                    Map.entry("mmap", 222),
                    Map.entry("mprotect", 226),
                    Map.entry("madvise", 233),
                    Map.entry("prlimit64", 261),
                    Map.entry("seccomp", 277),
                    Map.entry("getrandom", 278),
                    Map.entry("membarrier", 283),
                    Map.entry("rseq", 293),
                    Map.entry("clone3", 435)));

    /** Returns the table of this machine, or nothing where it is not Linux on a known processor. */
    static Optional<Numbers> find() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return Optional.empty();
        }
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64", "arm64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }

    /** Returns a call's number, which every processor has. */
    int of(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("No system call is called " + name));
    }

    Optional<Integer> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    int clockGettime() {
        return of("clock_gettime");
    }

    int exitGroup() {
        return of("exit_group");
    }

    int ppoll() {
        return of("ppoll");
    }
}
