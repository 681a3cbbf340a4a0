package dev.mortise.kernel.pulse;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that is taken again and again on a thread of its own: at least as often as its interval says, and at once when
 * it is woken. A step that fails is taken again after the next interval.
 *
 * @since 0.1
 */
public final class Pulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Semaphore wakes = new Semaphore(0);
    private final String name;
    private final Duration interval;
    private final Step step;
    private final Thread thread;
    private volatile boolean closed;

    /** Something to do. */
    @FunctionalInterface
    public interface Step {
        /** Does it. */
        void take() throws Exception;
    }

    /** @param name what it is, for logs and thread dumps */
    public Pulse(String name, Duration interval, Step step) {
        this.name = name;
        this.interval = interval;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::beat);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Lets the next step begin at once, or right after the one that is under way. */
    public void wake() {
        wakes.release();
    }

    private void beat() {
        while (!closed) {
            boolean failed = false;
            try {
                step.take();
            } catch (Exception e) { // Whatever it is, the next step may do better.
                failed = true;
                if (!closed) {
                    LOG.warn("{} does not work at the moment: {}", name, String.valueOf(e.getMessage()));
                    LOG.debug("{}", name, e);
                }
            }
            rest(failed);
        }
    }

    private void rest(boolean afterFailure) {
        try {
            if (afterFailure) {
                wakes.drainPermits();
            }
            if (wakes.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Takes no more steps and waits for the one that is under way. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            if (thread.isAlive() && !thread.join(STOP_LIMIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
