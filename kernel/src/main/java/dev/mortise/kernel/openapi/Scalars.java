package dev.mortise.kernel.openapi;

import dev.mortise.api.http.IfMatch;
import dev.mortise.api.http.IfNoneMatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The types that JSON writes as one value, with the formats of OpenAPI's registry and of JSON Schema 2020-12. */
final class Scalars {
    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(CharSequence.class, "string"),
            Map.entry(char.class, "string"),
            Map.entry(Character.class, "string"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(byte.class, "integer"),
            Map.entry(Byte.class, "integer"),
            Map.entry(short.class, "integer"),
            Map.entry(Short.class, "integer"),
            Map.entry(int.class, "integer int32"),
            Map.entry(Integer.class, "integer int32"),
            Map.entry(long.class, "integer int64"),
            Map.entry(Long.class, "integer int64"),
            Map.entry(BigInteger.class, "integer"),
            Map.entry(float.class, "number float"),
            Map.entry(Float.class, "number float"),
            Map.entry(double.class, "number double"),
            Map.entry(Double.class, "number double"),
            Map.entry(BigDecimal.class, "number"),
            Map.entry(UUID.class, "string uuid"),
            Map.entry(Instant.class, "string date-time"),
            Map.entry(OffsetDateTime.class, "string date-time"),
            Map.entry(ZonedDateTime.class, "string date-time"),
            Map.entry(LocalDateTime.class, "string"),
            Map.entry(LocalDate.class, "string date"),
            Map.entry(LocalTime.class, "string"),
            Map.entry(Duration.class, "string duration"),
            Map.entry(Period.class, "string duration"),
            Map.entry(ZoneId.class, "string"),
            Map.entry(Locale.class, "string"),
            Map.entry(URI.class, "string uri-reference"),
            Map.entry(URL.class, "string uri"),
            Map.entry(IfMatch.class, "string"),
            Map.entry(IfNoneMatch.class, "string"));

    private Scalars() {}

    /** Returns a new schema, or null for a type that is no scalar. */
    static @Nullable ObjectNode of(Class<?> type) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        if (type == byte[].class) {
            return schema.put("type", "string").put("contentEncoding", "base64");
        }
        @Nullable String known = TYPES.get(type);
        if (known == null) {
            return null;
        }
        String[] words = known.split(" ", 2);
        schema.put("type", words[0]);
        return words.length == 1 ? schema : schema.put("format", words[1]);
    }
}
