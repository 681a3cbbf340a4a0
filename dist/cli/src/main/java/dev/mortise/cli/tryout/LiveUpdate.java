package dev.mortise.cli.tryout;

import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.problem.CliException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The update that is made while messages flow: once, on a thread of its own. */
final class LiveUpdate {
    private final ServerClient server;
    private final InstallPlan.Update update;
    private final AtomicReference<@Nullable CompletableFuture<Made>> begun = new AtomicReference<>();

    LiveUpdate(ServerClient server, InstallPlan.Update update) {
        this.server = server;
        this.update = update;
    }

    /**
     * The update as it went.
     *
     * @param sentMeanwhile messages that were under way when it began, or were sent until it ended
     * @param problem what the server said when it refused
     */
    record Made(
            InstallPlan.Update update, long startNanos, long endNanos, long sentMeanwhile, Optional<String> problem) {
        boolean overlaps(Outcome outcome) {
            return outcome.startNanos() - endNanos < 0 && outcome.startNanos() + outcome.totalNanos() - startNanos > 0;
        }
    }

    boolean isBegun() {
        return begun.get() != null;
    }

    /** Starts it, unless it was started before. */
    void begin(LongSupplier sent, LongSupplier ended) {
        CompletableFuture<Made> made = new CompletableFuture<>();
        if (begun.compareAndSet(null, made)) {
            long endedBefore = ended.getAsLong();
            Thread.ofVirtual().name("update-" + update.id()).start(() -> complete(made, sent, endedBefore));
        }
    }

    /** Waits until it has ended; begins nothing. */
    Optional<Made> await() {
        return Optional.ofNullable(begun.get()).map(CompletableFuture::join);
    }

    private void complete(CompletableFuture<Made> made, LongSupplier sent, long endedBefore) {
        long start = System.nanoTime();
        Optional<String> problem = Optional.empty();
        try {
            server.put("/api/v1/kernel/plugins/" + update.id(), Map.of("id", update.id(), "version", update.to()));
        } catch (CliException refused) {
            problem = Optional.of(
                    refused.problem().code() + ": " + refused.problem().message());
        } catch (RuntimeException broken) {
            problem = Optional.of(broken.toString());
        }
        made.complete(new Made(update, start, System.nanoTime(), sent.getAsLong() - endedBefore, problem));
    }
}
