package dev.mortise.kernel.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The kernel's look across all tenants' events, by functions that are made for it; each call is a transaction. */
record LaneTable(DataSource pool, String node, EventOptions options, JsonMapper json) {
    private static final int AT_ONCE = 5000;

    /** Gives positions to all that was committed. */
    void number() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT mortise.number_events()")) {
            int numbered = AT_ONCE;
            while (numbered >= AT_ONCE) {
                try (ResultSet rows = statement.executeQuery()) {
                    numbered = rows.next() ? rows.getInt(1) : 0;
                }
            }
        }
    }

    List<LeasedLane> claim(Set<String> subscribers, int room) throws SQLException {
        List<LeasedLane> lanes = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT owner, subscriber, lane, head, lease,"
                        + " lost FROM mortise.claim_deliveries(?, ?, ?, make_interval(secs => ?))")) {
            statement.setString(1, node);
            statement.setArray(2, connection.createArrayOf("text", subscribers.toArray()));
            statement.setInt(3, room);
            statement.setDouble(4, seconds(options.lease()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lanes.add(new LeasedLane(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getInt(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getBoolean(6)));
                }
            }
        }
        return lanes;
    }

    void release(LeasedLane lane, long reached, Duration wait, boolean stop) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT mortise.release_delivery(?, ?, ?, ?, ?, make_interval(secs => ?), ?)")) {
            statement.setObject(1, lane.owner());
            statement.setString(2, lane.subscriber());
            statement.setShort(3, (short) lane.lane());
            statement.setLong(4, lane.number());
            statement.setLong(5, reached);
            statement.setDouble(6, seconds(wait));
            statement.setBoolean(7, stop);
            statement.execute();
        }
    }

    /** Keeps the leases that are held, says what this node subscribes to, and clears away what is old. */
    void tend(Collection<Long> held, Map<String, Set<String>> subscribers) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT mortise.tend_events(?, ?, ?::jsonb,"
                        + " make_interval(secs => ?), make_interval(secs => ?))")) {
            statement.setArray(1, connection.createArrayOf("bigint", held.toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", subscribers.keySet().toArray()));
            statement.setString(3, json.writeValueAsString(subscribers));
            statement.setDouble(4, seconds(options.lease()));
            statement.setDouble(5, seconds(options.keep()));
            statement.execute();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
