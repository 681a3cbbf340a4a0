package dev.mortise.cli.tryout;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.client.ServerClient;
import dev.mortise.cli.inbox.Inbox;
import dev.mortise.cli.problem.CliException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One whole try on a running server: plugins in, inbox through, update in the middle, report out. */
final class TryRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ServerClient server;
    private final Inbox inbox;
    private final int concurrency;
    private final Progress progress;
    private final Runnable requireServer;

    /** @param requireServer throws when the server has ended, so that no inbox is fed to nobody */
    TryRun(ServerClient server, Inbox inbox, int concurrency, Progress progress, Runnable requireServer) {
        this.server = server;
        this.inbox = inbox;
        this.concurrency = concurrency;
        this.progress = progress;
        this.requireServer = requireServer;
    }

    /**
     * Does it.
     *
     * @param serverStart how long the server took to be ready, for the report
     * @throws CliException when a plugin is refused, the workflow is not published or the inbox holds no message
     */
    TryReport run(Duration serverStart) {
        Setup setup = new Setup(server, progress);
        InstallPlan plan = setup.plan();
        List<TryReport.Installed> installed = setup.install(plan);
        setup.publish();

        progress.say("Feeding " + inbox.source() + ", " + concurrency + " at a time");
        Optional<LiveUpdate> update = plan.update().map(change -> new LiveUpdate(server, change));
        Tally tally = new Tally();
        Intake intake = new Intake(server, "try-" + UUID.randomUUID(), PATIENCE);
        long start = System.nanoTime();
        new Feeder(intake, tally, progress, concurrency, update, requireServer).feed(inbox);
        long feedMillis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        if (tally.counts().fed() == 0 && tally.counts().unreadable() == 0) {
            throw new CliException(
                    ExitCode.USAGE,
                    "cli.inbox-empty",
                    "The input " + inbox.source() + " holds no message",
                    "Name a file with messages by --input, or leave it out for the samples");
        }
        return tally.report(new TryReport.Frame(
                inbox.source(),
                server.url().toString(),
                serverStart.toMillis(),
                installed,
                concurrency,
                feedMillis,
                update.flatMap(LiveUpdate::await).map(made -> updated(made, tally))));
    }

    private static TryReport.Updated updated(LiveUpdate.Made made, Tally tally) {
        return new TryReport.Updated(
                made.update().id(),
                made.update().from(),
                made.update().to(),
                Duration.ofNanos(made.endNanos() - made.startNanos()).toMillis(),
                made.sentMeanwhile(),
                tally.brokenDuring(made),
                made.problem());
    }
}
