package dev.mortise.cli.tryout;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code mortise try} found. Written as it is with {@code --json}; shares are from 0 to 1, latencies in
 * milliseconds.
 *
 * @param counts how many messages became what
 * @param frame what surrounds the feed: server, plugins, time, update
 * @param decided what the profile decided, by department and intent
 * @param person why messages went to a person, the most frequent reason first
 * @param versions how many messages each version of the profile dealt with
 * @param acceptMillis until the server had accepted a message
 * @param endToEndMillis until its decision was known
 * @param labels how decisions compare with labels, where there were any
 * @param broken the messages that failed or were lost, the first hundred
 * @param unreadable the places of the input that hold no message, the first hundred
 */
record TryReport(
        Counts counts,
        Frame frame,
        List<Routed> decided,
        List<NamedCount> person,
        List<NamedCount> versions,
        Latency acceptMillis,
        Latency endToEndMillis,
        Optional<Labels> labels,
        List<Broken> broken,
        List<String> unreadable) {
    /** The share of the messages that the profile should decide by itself. */
    static final double DECIDED_GOAL = 0.70;
    /** The share of its decisions that should meet the label. */
    static final double MET_GOAL = 0.90;

    /** How many messages became what; fed is the sum of the four that follow it. */
    record Counts(int fed, int decided, int person, int failed, int lost, int unreadable, int duplicates) {
        double decidedShare() {
            return fed == 0 ? 0 : (double) decided / fed;
        }

        int broken() {
            return failed + lost;
        }
    }

    /** What surrounds the feed. */
    record Frame(
            String input,
            String url,
            long serverStartMillis,
            List<Installed> installed,
            int concurrency,
            long feedMillis,
            Optional<Updated> update) {}

    /** A plugin and how long the running server took to take it in. */
    record Installed(String id, String version, long millis) {}

    /** The update in mid-run; failed must be 0. */
    record Updated(
            String id,
            String from,
            String to,
            long millis,
            long sentMeanwhile,
            long failed,
            Optional<String> problem) {}

    /** How many messages went one way, and how many of each urgency. */
    record Routed(String department, String intent, int count, Map<String, Integer> urgency) {}

    /** A name and how often it came. */
    record NamedCount(String name, int count) {}

    /** Percentiles in milliseconds. */
    record Latency(double p50, double p95, double p99, double max) {}

    /** How decisions compare with labels; met, departmentMet and urgencyMet are parts of decided. */
    record Labels(
            int labelled,
            int decided,
            int met,
            int departmentMet,
            int urgencyMet,
            int personNeeded,
            int personGiven,
            List<FactCount> facts,
            List<Miss> misses,
            List<FactMiss> factMisses) {
        double metShare() {
            return decided == 0 ? 0 : (double) met / decided;
        }
    }

    /** Labelled facts of one kind, how many of them were found, and how many were found that no label has. */
    record FactCount(String kind, int expected, int found, int extra) {}

    /** A decision that does not meet its label. */
    record Miss(String id, String expected, String got) {}

    /** A labelled fact that was not found, and what was found of its kind. */
    record FactMiss(String id, String kind, String expected, List<String> got) {}

    /** A message that failed or was lost. */
    record Broken(String id, long line, String code, String message) {}
}
