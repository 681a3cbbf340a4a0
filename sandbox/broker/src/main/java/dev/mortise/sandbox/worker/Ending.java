package dev.mortise.sandbox.worker;

import dev.mortise.api.sandbox.FailureKind;

/** What the way in which a worker's process ended says about the script that it ran. */
enum Ending {
    /** The JVM was told to exit when its heap is full. */
    MEMORY(FailureKind.MEMORY, "The script needs more memory than a worker has"),
    /** The system's own limit of processor time. */
    CPU(FailureKind.CPU, "The script has used up the processor time of its worker"),
    /** Anything else. */
    LOST(FailureKind.LOST, "The worker went away while the script ran");

    /** Of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;
    /** 128 and the number of the signal, as shells have it. */
    private static final int OUT_OF_CPU = 128 + 24;

    private final FailureKind kind;
    private final String message;

    Ending(FailureKind kind, String message) {
        this.kind = kind;
        this.message = message;
    }

    static Ending of(int exitStatus) {
        return switch (exitStatus) {
            case OUT_OF_MEMORY -> MEMORY;
            case OUT_OF_CPU -> CPU;
            default -> LOST;
        };
    }

    FailureKind kind() {
        return kind;
    }

    String message() {
        return message;
    }
}
