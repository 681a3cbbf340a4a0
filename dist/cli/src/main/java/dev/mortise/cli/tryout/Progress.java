package dev.mortise.cli.tryout;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Tells what is going on, from many threads: on a terminal by one line that is written over, elsewhere by a plain line
 * now and then.
 */
final class Progress {
    private static final int BAR = 30;
    private static final long LIVE_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long PLAIN_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long shownAt;
    private boolean lineIsOpen;

    /**
     * Prepares to tell.
     *
     * @param terminal whether a line may be written over
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    Progress(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.shownAt = nanoTime.getAsLong();
    }

    synchronized void say(String text) {
        closeLine();
        out.println(text);
        out.flush();
    }

    synchronized void done(String what, Duration took) {
        closeLine();
        out.println(String.format(Locale.ROOT, "  %-44s %6.2f s", what, took.toMillis() / 1000.0));
        out.flush();
    }

    /** Shows how far the feed is, unless it was shown a moment ago. */
    synchronized void feeding(TryReport.Counts counts, OptionalDouble share) {
        long now = nanoTime.getAsLong();
        if (now - shownAt < (terminal ? LIVE_PAUSE_NANOS : PLAIN_PAUSE_NANOS)) {
            return;
        }
        shownAt = now;
        if (terminal) {
            out.print(ERASE + "  " + bar(share) + " " + words(counts));
            lineIsOpen = true;
        } else {
            out.println("  " + percent(share) + words(counts));
        }
        out.flush();
    }

    /** Shows that all messages have an outcome. */
    synchronized void fed(TryReport.Counts counts) {
        closeLine();
        out.println(
                "  " + (terminal ? bar(OptionalDouble.of(1)) + " " : percent(OptionalDouble.of(1))) + words(counts));
        out.flush();
    }

    private void closeLine() {
        if (lineIsOpen) {
            out.print(ERASE);
            lineIsOpen = false;
        }
    }

    private static String bar(OptionalDouble share) {
        int filled = (int) Math.round(share.orElse(0) * BAR);
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%3.0f %%  ", share.getAsDouble() * 100) : "";
    }

    private static String words(TryReport.Counts counts) {
        return counts.fed() + " messages: " + counts.decided() + " decided, " + counts.person() + " to a person, "
                + counts.broken() + " failed";
    }
}
