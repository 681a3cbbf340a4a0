package dev.mortise.kernel.cluster;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.cluster.InstallationMapper.Report;
import dev.mortise.kernel.cluster.LeaseMapper.Held;
import dev.mortise.kernel.cluster.NodeMapper.NodeRow;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.SchemaSessions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** All nodes, put together from what each told the database. */
record Nodes(SchemaSessions sessions, Self self) {
    List<NodeView> all() {
        return sessions.inTransaction(null, Access.READ, open -> {
            List<Installation> wanted = open.mapper(InstallationMapper.class).all();
            List<Report> reports = open.mapper(InstallationMapper.class).reports();
            List<Held> held = open.mapper(LeaseMapper.class).held();
            return open.mapper(NodeMapper.class).all().stream()
                    .map(node -> view(node, wanted, reports, held))
                    .toList();
        });
    }

    private NodeView view(NodeRow node, List<Installation> wanted, List<Report> reports, List<Held> held) {
        Map<String, String> differs = new TreeMap<>();
        if (node.isLive()) {
            wanted.forEach(each -> compare(each, node, reports, differs));
        }
        return new NodeView(
                node.id(),
                node.name(),
                node.version(),
                node.url(),
                node.state(),
                node.id().equals(self.id()),
                node.startedAt(),
                node.heardMillisAgo(),
                held.stream()
                        .filter(each -> each.holder().equals(node.id()))
                        .map(Held::name)
                        .toList(),
                node.isLive() ? wanted.size() - differs.size() : 0,
                differs);
    }

    private static void compare(Installation wanted, NodeRow node, List<Report> reports, Map<String, String> differs) {
        Report report = reports.stream()
                .filter(each ->
                        each.nodeId().equals(node.id()) && each.pluginId().equals(wanted.id()))
                .findFirst()
                .orElse(null);
        if (report == null) {
            differs.put(wanted.id(), "it is not there yet");
        } else if (report.state().equals("FAILED")) {
            differs.put(wanted.id(), report.problem());
        } else if (report.generation() < wanted.generation()) {
            differs.put(wanted.id(), "it has " + report.version() + ", and " + wanted.version() + " is wanted");
        }
    }

    /** Asks a node to drain; it sees that at its next beat. */
    void requestDrain(UUID id) {
        int asked = sessions.inTransaction(
                null, Access.WRITE, open -> open.mapper(NodeMapper.class).requestDrain(id));
        if (asked == 0) {
            throw new MortiseException(
                    KernelError.NODE_UNKNOWN,
                    "No node " + id + " is running",
                    "GET /api/v1/kernel/nodes lists those that are");
        }
    }
}
