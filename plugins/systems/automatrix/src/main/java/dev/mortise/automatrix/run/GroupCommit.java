package dev.mortise.automatrix.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests that come at the same time share one transaction. The first caller commits what has gathered while the
 * others wait; then the next one in line commits what gathered meanwhile. A caller that is alone commits at once, on
 * its own thread, so nothing is delayed to fill a batch. At most one commit of an instance is under way.
 *
 * <p>Waiting and committing ignore interrupts and keep the interrupted status: half a commit helps nobody.
 *
 * @param <Q> what is asked for
 * @param <R> the answer
 */
final class GroupCommit<Q, R> {
    private static final int MOST_REQUESTS = 128;
    private static final long MOST_CHARACTERS = 2_000_000;

    private final ToLongFunction<Q> size;
    private final Function<List<Q>, List<R>> commit;
    private final Deque<Entry<Q, R>> gathered = new ArrayDeque<>();
    private boolean busy;

    /**
     * Creates an instance.
     *
     * @param size the size of a request in characters, to bound what one transaction carries
     * @param commit commits the requests and returns their answers in the same order
     */
    GroupCommit(ToLongFunction<Q> size, Function<List<Q>, List<R>> commit) {
        this.size = size;
        this.commit = commit;
    }

    private static final class Entry<Q, R> {
        private final Q request;
        private final Thread caller = Thread.currentThread();
        private volatile boolean leads;
        private volatile boolean done;
        private @Nullable R answer;
        private @Nullable RuntimeException failure;

        Entry(Q request) {
            this.request = request;
        }

        void await() {
            boolean interrupted = false;
            while (!leads && !done) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void wake() {
            LockSupport.unpark(caller);
        }

        R result() {
            if (failure != null) {
                throw failure;
            }
            if (answer == null) {
                throw new IllegalStateException("The commit gave no answer");
            }
            return answer;
        }
    }

    /**
     * Commits the request, alone or with others, and returns its answer once it is durable.
     *
     * @throws RuntimeException what the commit threw for this request
     */
    R submit(Q request) {
        Entry<Q, R> own = new Entry<>(request);
        synchronized (gathered) {
            gathered.add(own);
            if (!busy) {
                busy = true;
                own.leads = true;
            }
        }
        own.await();
        if (!own.done) {
            boolean interrupted = Thread.interrupted();
            lead();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return own.result();
    }

    /** Commits what has gathered; the head of the line is the caller's own entry. */
    private void lead() {
        List<Entry<Q, R>> batch = drain();
        try {
            answer(batch);
        } finally {
            batch.forEach(entry -> entry.done = true);
            synchronized (gathered) {
                Entry<Q, R> next = gathered.peek();
                busy = next != null;
                if (next != null) {
                    next.leads = true;
                    next.wake();
                }
            }
            batch.forEach(Entry::wake);
        }
    }

    private List<Entry<Q, R>> drain() {
        List<Entry<Q, R>> batch = new ArrayList<>();
        long characters = 0;
        synchronized (gathered) {
            Entry<Q, R> next = gathered.peek();
            while (next != null && batch.size() < MOST_REQUESTS) {
                characters += size.applyAsLong(next.request);
                if (!batch.isEmpty() && characters > MOST_CHARACTERS) {
                    break;
                }
                batch.add(gathered.remove());
                next = gathered.peek();
            }
        }
        return batch;
    }

    private void answer(List<Entry<Q, R>> batch) {
        try {
            List<R> answers =
                    commit.apply(batch.stream().map(entry -> entry.request).toList());
            for (int index = 0; index < batch.size(); index++) {
                batch.get(index).answer = answers.get(index);
            }
        } catch (RuntimeException failure) {
            if (batch.size() == 1) {
                batch.getFirst().failure = failure;
            } else {
                // One request may have spoilt the others' transaction: each gets one of its own.
                batch.forEach(entry -> answer(List.of(entry)));
            }
        }
    }
}
