package dev.mortise.kernel.cluster;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.cluster.InstallationMapper.Report;
import dev.mortise.kernel.cluster.NodeMapper.NodeRow;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Waits until other nodes have done what they are to do. */
record Followers(SchemaSessions sessions, Self self, Duration look, Duration limit) {
    /** How one node came out of a change. */
    enum Outcome {
        /** It runs what it is to run. */
        FOLLOWED,
        /** It tried and failed. */
        FAILED,
        /** It lives and has not followed in time. */
        LATE,
        /** It is gone. */
        GONE
    }

    record Followed(NodeRow node, Outcome outcome, String problem) {}

    private record View(List<NodeRow> nodes, List<Report> reports) {}

    private View view() {
        return sessions.inTransaction(
                null,
                Access.READ,
                open -> new View(
                        open.mapper(NodeMapper.class).all(),
                        open.mapper(InstallationMapper.class).reports()));
    }

    /** Returns the other nodes that serve, in order of their start. */
    List<NodeRow> others() {
        return view().nodes().stream()
                .filter(node -> node.isLive() && !node.id().equals(self.id()))
                .toList();
    }

    /** Waits until a node has tried that generation of a plugin, is gone, or time is up. */
    Followed await(String nodeKey, String plugin, long generation) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            View view = view();
            Optional<NodeRow> node = view.nodes().stream()
                    .filter(each -> each.id().toString().equals(nodeKey))
                    .findFirst();
            if (node.isEmpty() || !node.get().isLive()) {
                return new Followed(node.orElseGet(() -> unknown(nodeKey)), Outcome.GONE, "");
            }
            Optional<Followed> followed = followed(view, node.get(), plugin, generation);
            if (followed.isPresent()) {
                return followed.get();
            }
            if (System.nanoTime() - deadline > 0) {
                return new Followed(node.get(), Outcome.LATE, "it has not answered within " + limit.toSeconds() + " s");
            }
            pause();
        }
    }

    /** Waits for all other nodes at once; returns one line for each that did not follow. */
    List<String> awaitAll(String plugin, long generation) {
        List<String> notes = new ArrayList<>();
        for (NodeRow node : others()) {
            Followed followed = await(node.id().toString(), plugin, generation);
            if (followed.outcome() == Outcome.FAILED || followed.outcome() == Outcome.LATE) {
                notes.add("node " + node.name() + ": " + followed.problem());
            }
        }
        return notes;
    }

    private static Optional<Followed> followed(View view, NodeRow node, String plugin, long generation) {
        Optional<Report> report = view.reports().stream()
                .filter(each -> each.nodeId().equals(node.id())
                        && each.pluginId().equals(plugin)
                        && each.generation() >= generation)
                .findFirst();
        return report.map(each -> each.state().equals("FAILED")
                ? new Followed(node, Outcome.FAILED, each.problem())
                : new Followed(node, Outcome.FOLLOWED, ""));
    }

    /** Waits until no other node has the plugin any more; returns one line for each that still has. */
    List<String> awaitGone(String plugin) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            View view = view();
            List<String> left = view.nodes().stream()
                    .filter(node -> node.isLive() && !node.id().equals(self.id()))
                    .filter(node -> view.reports().stream()
                            .anyMatch(each -> each.nodeId().equals(node.id())
                                    && each.pluginId().equals(plugin)))
                    .map(node -> "node " + node.name() + " still has it")
                    .toList();
            if (left.isEmpty() || System.nanoTime() - deadline > 0) {
                return left;
            }
            pause();
        }
    }

    private NodeRow unknown(String key) {
        return new NodeRow(UUID.fromString(key), key, "", "", NodeState.GONE, Instant.EPOCH, Long.MAX_VALUE);
    }

    private void pause() {
        try {
            Thread.sleep(look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED,
                    "The wait for the other nodes was interrupted; the change itself goes on",
                    "Look at `mortise node list` for its outcome",
                    e);
        }
    }
}
