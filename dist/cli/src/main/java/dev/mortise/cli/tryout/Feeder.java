package dev.mortise.cli.tryout;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.inbox.Inbox;
import dev.mortise.cli.inbox.InboxEntry;
import dev.mortise.cli.inbox.InboxMessage;
import dev.mortise.cli.inbox.UnreadableEntry;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends an inbox to the server, so many messages at a time. About the middle it lets the update begin; the last quarter
 * waits for its end, so that both versions are seen at work.
 */
final class Feeder {
    private static final double MIDDLE = 0.5;
    private static final double LAST_PART = 0.75;
    // Where the end cannot be seen, as on standard input.
    private static final long MIDDLE_OF_UNKNOWN = 100;
    private static final long LAST_PART_OF_UNKNOWN = 150;
    // What all messages under way may hold together; a longer one goes alone.
    private static final int CHARACTERS_UNDER_WAY = 8 << 20;

    private final Intake intake;
    private final Tally tally;
    private final Progress progress;
    private final int concurrency;
    private final Optional<LiveUpdate> update;
    private final Runnable requireServer;
    private final Semaphore characters = new Semaphore(CHARACTERS_UNDER_WAY);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    Feeder(
            Intake intake,
            Tally tally,
            Progress progress,
            int concurrency,
            Optional<LiveUpdate> update,
            Runnable requireServer) {
        this.intake = intake;
        this.tally = tally;
        this.progress = progress;
        this.concurrency = concurrency;
        this.update = update;
        this.requireServer = requireServer;
    }

    /** Returns when every message has an outcome and the update has ended. */
    void feed(Inbox inbox) {
        Semaphore slots = new Semaphore(concurrency);
        Set<String> ids = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (InboxEntry entry = inbox.next(); entry != null; entry = inbox.next()) {
                requireServer.run();
                switch (entry) {
                    case UnreadableEntry unreadable -> tally.unreadable(unreadable);
                    case InboxMessage message when !ids.add(message.id()) -> tally.duplicate();
                    case InboxMessage message -> send(message, slots, threads, inbox.share());
                }
                steerUpdate(inbox.share());
            }
        }
        update.ifPresent(LiveUpdate::await);
        requireServer.run();
        progress.fed(tally.counts());
    }

    private void send(InboxMessage message, Semaphore slots, ExecutorService threads, OptionalDouble share) {
        int weight = Math.clamp(message.text().length(), 1, CHARACTERS_UNDER_WAY);
        acquire(slots, 1);
        acquire(characters, weight);
        sent.incrementAndGet();
        threads.execute(() -> {
            Outcome outcome = Outcome.vanished(message);
            try {
                outcome = intake.process(message);
            } finally {
                // Also when our own code broke: a message that was sent and not counted would pass as none.
                tally.add(outcome);
                ended.incrementAndGet();
                characters.release(weight);
                slots.release();
            }
            progress.feeding(tally.counts(), share);
        });
    }

    private void steerUpdate(OptionalDouble share) {
        if (update.isEmpty() || sent.get() == 0) {
            return;
        }
        LiveUpdate live = update.get();
        boolean middle = share.isPresent() ? share.getAsDouble() >= MIDDLE : sent.get() >= MIDDLE_OF_UNKNOWN;
        boolean lastPart = share.isPresent() ? share.getAsDouble() >= LAST_PART : sent.get() >= LAST_PART_OF_UNKNOWN;
        if (middle && !live.isBegun()) {
            live.begin(sent::get, ended::get);
        }
        if (lastPart) {
            live.await();
        }
    }

    private static void acquire(Semaphore semaphore, int permits) {
        try {
            semaphore.acquire(permits);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException(
                    ExitCode.FAILURE,
                    new Problem("cli.interrupted", "The command was interrupted", "Run it again", null),
                    interrupted);
        }
    }
}
