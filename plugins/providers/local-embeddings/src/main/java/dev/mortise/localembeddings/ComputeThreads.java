package dev.mortise.localembeddings;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A few platform threads for native computations, for two reasons. A native call would hold one of the few carriers of
 * virtual threads and so slow every other request. And the native library leaves a thread-local destructor on each
 * thread that computed, which keeps the library mapped until that thread has ended; these end before it is unmapped.
 * {@link Thread#join} alone is too early: it returns while the system's thread still runs such destructors.
 */
final class ComputeThreads {
    /** Generous, because an overflow inside a native library ends the process; only what is used takes memory. */
    private static final long STACK_BYTES = 8L * 1024 * 1024;

    private final int count;
    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
    private final Queue<SystemThread> computing = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor;
    private final AtomicBoolean closed = new AtomicBoolean();

    ComputeThreads(int count) {
        this.count = count;
        ThreadFactory named = Thread.ofPlatform()
                .daemon()
                .name("local-embeddings-", 1)
                .stackSize(STACK_BYTES)
                .factory();
        executor = Executors.newFixedThreadPool(count, work -> {
            Thread thread = named.newThread(() -> {
                SystemThread.current().ifPresent(computing::add);
                work.run();
            });
            started.add(thread);
            return thread;
        });
    }

    int count() {
        return count;
    }

    /** Starts work without waiting for it. */
    void start(Runnable work) {
        executor.execute(work);
    }

    /**
     * Computes for each input and returns the results in the inputs' order, all done.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
     */
    <I, O> List<Future<O>> run(List<I> inputs, Computation<I, O> computation) throws InterruptedException {
        List<Callable<O>> calls = inputs.stream()
                .<Callable<O>>map(input -> () -> computation.compute(input))
                .toList();
        return executor.invokeAll(calls);
    }

    /**
     * Waits until all threads have ended, also when interrupted: what they use is freed next. Returns whether this was
     * the first call.
     */
    boolean close() {
        executor.close();
        boolean interrupted = Thread.interrupted();
        for (Thread thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        computing.forEach(SystemThread::awaitEnd);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return closed.compareAndSet(false, true);
    }

    /** What is computed. */
    interface Computation<I, O> {
        O compute(I input) throws Exception;
    }
}
