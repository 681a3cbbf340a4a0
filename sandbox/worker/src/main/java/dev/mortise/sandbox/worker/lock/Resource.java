package dev.mortise.sandbox.worker.lock;

/**
 * What can be limited, with its number on Linux ({@code asm-generic/resource.h}).
 *
 * @since 0.1
 */
public enum Resource {
    /** Seconds on a processor, of the whole process; then the kernel kills it. */
    CPU(0),
    /** Size of a file that is written, in bytes. */
    FILE_SIZE(1),
    /** Memory that is not of a file, in bytes. */
    DATA(2),
    /** Size of a core dump, in bytes. */
    CORE(4),
    /** Processes and threads of the same user on the whole machine. */
    PROCESSES(6),
    /** Open files. */
    FILES(7);

    private final int number;

    Resource(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
