package dev.mortise.kernel.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The kernel's look across all tenants' jobs, by functions that are made for it. */
record JobTending(DataSource pool, String node, JobOptions options) {
    /** A job whose runs take their nodes down is dead after so many. */
    private static final int MOST_LOST_RUNS = 5;

    /** Says what this node offers, takes over lost runs, parks, wakes and clears. Returns how many may run now. */
    int tend(List<String> offered) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT mortise.tend_jobs(?, ?, make_interval(secs => ?), make_interval(secs => ?), ?)")) {
            statement.setString(1, node);
            statement.setArray(2, connection.createArrayOf("text", offered.toArray()));
            statement.setDouble(3, seconds(options.lease()));
            statement.setDouble(4, seconds(options.keep()));
            statement.setInt(5, MOST_LOST_RUNS);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /** Counts what is in the queue, by state. */
    Map<String, Long> count() throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT state, jobs FROM mortise.count_queued_jobs()");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
