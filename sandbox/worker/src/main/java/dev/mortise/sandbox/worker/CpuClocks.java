package dev.mortise.sandbox.worker;

import dev.mortise.sandbox.worker.lock.CpuClock;
import dev.mortise.sandbox.worker.lock.LinuxCalls;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;

/** Chooses the clock for a thread's processor time. */
final class CpuClocks {
    private CpuClocks() {}

    static CpuClock of(Optional<LinuxCalls> calls) {
        return calls.map(LinuxCalls::threadClock).orElseGet(CpuClocks::ofManagement);
    }

    // Slower to start; for systems other than Linux.
    private static CpuClock ofManagement() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads::getCurrentThreadCpuTime;
    }
}
