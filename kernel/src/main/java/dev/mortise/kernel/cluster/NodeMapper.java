package dev.mortise.kernel.cluster;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The table {@code mortise.node}; all times are the database's. */
public interface NodeMapper {
    /** Tells that this node lives, making its row where it is missing; returns whether it was asked to drain. */
    boolean beat(
            @Param("id") UUID id,
            @Param("name") String name,
            @Param("version") String version,
            @Param("url") String url,
            @Param("state") String state);

    /** Marks the nodes that have not been heard of for so long as gone; returns how many. */
    int markGone(@Param("millis") long millis);

    /** Deletes nodes that have been gone for an hour. */
    int forget();

    /** Returns all nodes, those that are gone too, in order of their start. */
    List<NodeRow> all();

    /** Asks a node to drain; returns whether there is such a node. */
    int requestDrain(UUID id);

    /** A node as the database knows it; the age is in milliseconds of its clock. */
    record NodeRow(
            UUID id,
            String name,
            String version,
            String url,
            NodeState state,
            java.time.Instant startedAt,
            long heardMillisAgo) {
        boolean isLive() {
            return state == NodeState.STARTING || state == NodeState.READY;
        }
    }
}
