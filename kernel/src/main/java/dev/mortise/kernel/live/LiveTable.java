package dev.mortise.kernel.live;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.store.Access;
import dev.mortise.kernel.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** The messages in the database. What looks across tenants does it by functions that are made for it. */
record LiveTable(Database database) {
    private static final int AT_ONCE = 100;

    /** Gives numbers to all that was committed, and returns the last position given. */
    long number() throws SQLException {
        try (Connection connection = database.singleStatements().getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT mortise.number_live()");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Returns the next messages of all tenants, oldest first; fewer than are there when there are many. */
    List<LiveMessage> read(long after) throws SQLException {
        List<LiveMessage> messages = new ArrayList<>();
        try (Connection connection = database.singleStatements().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT tenant_id, topic, sequence, position_, payload::text FROM mortise.read_live(?, ?)")) {
            statement.setLong(1, after);
            statement.setInt(2, AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String topic = rows.getString(2);
                    messages.add(new LiveMessage(
                            new LiveMessage.Place(new TenantId(rows.getObject(1, UUID.class)), topic),
                            rows.getLong(4),
                            Frame.message(topic, rows.getLong(3), rows.getString(5))));
                }
            }
        }
        return messages;
    }

    /** Returns what a topic has said, and what a client has missed that saw the number last. */
    Past past(LiveMessage.Place place, OptionalLong after) {
        return database.kernel().inTransaction(place.tenant(), Access.READ, open -> {
            LiveMapper mapper = open.mapper(LiveMapper.class);
            Long last = mapper.last(place.topic());
            if (last == null) {
                return new Past(0, List.of());
            }
            if (after.isEmpty() || after.getAsLong() >= last || last - after.getAsLong() > Past.MOST) {
                return new Past(last, List.of());
            }
            return new Past(
                    last,
                    mapper.missed(place.topic(), after.getAsLong(), last).stream()
                            .map(row -> Frame.message(place.topic(), row.sequence(), row.payload()))
                            .toList());
        });
    }

    void tend(Duration keep) throws SQLException {
        try (Connection connection = database.singleStatements().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT mortise.tend_live(make_interval(secs => ?))")) {
            statement.setDouble(1, keep.toNanos() / 1e9);
            statement.execute();
        }
    }
}
