package dev.mortise.cli.plugin.dev;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import dev.mortise.cli.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings each new build into the server, once it is complete.
 *
 * <p>A build counts as complete when two looks in a row see the same files, and the jar can be read to its end. One
 * that stays unreadable is reported; what has not changed in content is left out; while no server answers, the build
 * waits.
 */
final class LiveReload {
    private static final Duration DAMAGED_AFTER = Duration.ofSeconds(5);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final DevPlugin plugin;
    private final BuildFolder folder;
    private final DevScratch scratch;
    private final DevReport report;
    private final InstantSource clock;

    private BuildFolder.@Nullable Build seen;
    private BuildFolder.@Nullable Build done;
    private Instant seenSince = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private String lastContent = "";
    private String live = "";
    private ExitCode outcome = ExitCode.FAILURE;
    private boolean isWaitingForServer;

    LiveReload(DevPlugin plugin, BuildFolder folder, DevScratch scratch, DevReport report, InstantSource clock) {
        this.plugin = plugin;
        this.folder = folder;
        this.scratch = scratch;
        this.report = report;
        this.clock = clock;
    }

    /** Looks at the folder once, and acts when there is something to do. */
    void look() {
        Optional<BuildFolder.Build> present;
        try {
            present = folder.present();
        } catch (IOException | UncheckedIOException changing) {
            // A build is deleting and making folders; the next look sees what came of it.
            return;
        }
        if (present.isEmpty()) {
            seen = null;
            return;
        }
        BuildFolder.Build build = present.get();
        if (!build.equals(seen)) {
            seen = build;
            seenSince = clock.instant();
            return;
        }
        if (!build.equals(done) && !clock.instant().isBefore(notBefore)) {
            bringIn(build);
        }
    }

    private void bringIn(BuildFolder.Build build) {
        DevJar jar;
        try {
            jar = DevJar.write(build.jar(), build.classes(), scratch.jar(), clock.instant());
        } catch (IOException incomplete) {
            if (Duration.between(seenSince, clock.instant()).compareTo(DAMAGED_AFTER) > 0) {
                done = build;
                report.refused(new Problem(
                        "cli.jar-unreadable",
                        "The jar " + build.jar() + " cannot be used: " + incomplete.getMessage(),
                        "Build it again with mortise-plugin-parent",
                        null));
            }
            return;
        }
        if (jar.content().equals(lastContent)) {
            done = build;
            return;
        }
        send(build, jar);
    }

    private void send(BuildFolder.Build build, DevJar jar) {
        long start = System.nanoTime();
        try {
            JsonNode status = plugin.bringIn(jar.id(), scratch.jar());
            Instant now = clock.instant();
            done = build;
            lastContent = jar.content();
            live = jar.id();
            outcome = ExitCode.OK;
            isWaitingForServer = false;
            report.live(
                    jar.id(),
                    status.path("version").asString(jar.version()),
                    Duration.between(build.changedAt(), now),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (CliException refused) {
            refused(build, jar, refused);
        }
    }

    private void refused(BuildFolder.Build build, DevJar jar, CliException refused) {
        if (refused.exitCode() == ExitCode.NOT_AUTHORISED) {
            throw refused;
        }
        outcome = refused.exitCode();
        if (refused.exitCode() == ExitCode.SERVER_NOT_REACHABLE) {
            // The build stays to be done; one line is enough however long the server is away.
            notBefore = clock.instant().plus(ASK_AGAIN);
            if (!isWaitingForServer) {
                isWaitingForServer = true;
                report.note("no-server", refused.problem().message() + "; waiting for it");
            }
            return;
        }
        done = build;
        lastContent = jar.content();
        report.refused(refused.problem());
    }

    /** Returns whether the last look found no jar. */
    boolean seesNothing() {
        return seen == null;
    }

    /** Returns whether the present build has been brought in or refused, or no server is there to take it. */
    boolean isSettled() {
        return (done != null && done.equals(seen)) || isWaitingForServer;
    }

    /** Returns how the last attempt ended. */
    ExitCode outcome() {
        return outcome;
    }

    /** Ends the work: removes the plugin where that was asked for. */
    void end(boolean remove) {
        if (live.isEmpty()) {
            return;
        }
        if (remove) {
            plugin.remove(live);
            report.note("removed", live + " was removed from the server; its data stays in the database");
        } else {
            report.note("kept", live + " goes on running; take it out with: mortise plugin remove " + live);
        }
    }
}
