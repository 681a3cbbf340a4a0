package dev.mortise.kernel.store;

import dev.mortise.api.call.TenantId;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.TypeHandlerRegistry;
import org.apache.ibatis.type.UnknownTypeHandler;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How values of Java stand in columns of PostgreSQL, beyond what MyBatis knows by itself. */
final class ValueHandlers {
    private ValueHandlers() {}

    static void register(Configuration configuration, JsonMapper json) {
        TypeHandlerRegistry registry = configuration.getTypeHandlerRegistry();
        Column<List<String>> texts = new Texts();
        registry.register(UUID.class, new Uuids());
        registry.register(TenantId.class, new TenantIds());
        registry.register(Instant.class, new Instants());
        registry.register(JsonNode.class, new Json(json));
        registry.register(List.class, texts);
        registry.register(Object.class, new ByValue(configuration, texts));
    }

    /** One conversion; the three ways to read a column are one. */
    private abstract static class Column<T> extends BaseTypeHandler<T> {
        abstract @Nullable T read(ResultSet rows, int column) throws SQLException;

        @Override
        public @Nullable T getNullableResult(ResultSet rows, String column) throws SQLException {
            return read(rows, rows.findColumn(column));
        }

        @Override
        public @Nullable T getNullableResult(ResultSet rows, int column) throws SQLException {
            return read(rows, column);
        }

        @Override
        public @Nullable T getNullableResult(CallableStatement statement, int column) throws SQLException {
            throw new SQLException("Output parameters are not offered; select the result");
        }
    }

    private static final class Uuids extends Column<UUID> {
        @Override
        public void setNonNullParameter(PreparedStatement statement, int i, UUID value, @Nullable JdbcType type)
                throws SQLException {
            statement.setObject(i, value);
        }

        @Override
        @Nullable
        UUID read(ResultSet rows, int column) throws SQLException {
            return rows.getObject(column, UUID.class);
        }
    }

    private static final class TenantIds extends Column<TenantId> {
        @Override
        public void setNonNullParameter(PreparedStatement statement, int i, TenantId value, @Nullable JdbcType type)
                throws SQLException {
            statement.setObject(i, value.value());
        }

        @Override
        @Nullable
        TenantId read(ResultSet rows, int column) throws SQLException {
            UUID value = rows.getObject(column, UUID.class);
            return value == null ? null : new TenantId(value);
        }
    }

    private static final class Instants extends Column<Instant> {
        @Override
        public void setNonNullParameter(PreparedStatement statement, int i, Instant value, @Nullable JdbcType type)
                throws SQLException {
            statement.setObject(i, value.atOffset(ZoneOffset.UTC));
        }

        @Override
        @Nullable
        Instant read(ResultSet rows, int column) throws SQLException {
            OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
            return value == null ? null : value.toInstant();
        }
    }

    private static final class Json extends Column<JsonNode> {
        private final JsonMapper mapper;

        Json(JsonMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        public void setNonNullParameter(PreparedStatement statement, int i, JsonNode value, @Nullable JdbcType type)
                throws SQLException {
            PGobject document = new PGobject();
            document.setType("jsonb");
            document.setValue(mapper.writeValueAsString(value));
            statement.setObject(i, document);
        }

        @Override
        @Nullable
        JsonNode read(ResultSet rows, int column) throws SQLException {
            String text = rows.getString(column);
            return text == null ? null : mapper.readTree(text);
        }
    }

    private static final class Texts extends Column<List<String>> {
        @Override
        public void setNonNullParameter(PreparedStatement statement, int i, List<String> value, @Nullable JdbcType type)
                throws SQLException {
            statement.setArray(i, statement.getConnection().createArrayOf("text", value.toArray()));
        }

        @Override
        @Nullable
        List<String> read(ResultSet rows, int column) throws SQLException {
            Array array = rows.getArray(column);
            return array == null ? null : Collections.unmodifiableList(Arrays.asList((String[]) array.getArray()));
        }
    }

    /** Chooses by the value where MyBatis does not know the declared type, as with several parameters of a method. */
    private static final class ByValue extends UnknownTypeHandler {
        private final Column<List<String>> texts;

        ByValue(Configuration configuration, Column<List<String>> texts) {
            super(configuration);
            this.texts = texts;
        }

        @Override
        public void setNonNullParameter(PreparedStatement statement, int i, Object value, @Nullable JdbcType type)
                throws SQLException {
            if (value instanceof List<?> list) {
                texts.setNonNullParameter(
                        statement, i, list.stream().map(String.class::cast).toList(), type);
            } else {
                super.setNonNullParameter(statement, i, value, type);
            }
        }
    }
}
