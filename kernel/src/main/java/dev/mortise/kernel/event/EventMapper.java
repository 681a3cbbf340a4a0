package dev.mortise.kernel.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Events of the bound tenant. All statements name the schema, because some join a plugin's transaction. */
interface EventMapper {
    /** An event as it is kept. */
    record Row(
            UUID id,
            long position,
            String name,
            @Nullable String eventKey,
            JsonNode payload,
            Instant publishedAt,
            String traceId,
            @Nullable String traceparent) {}

    /** How far a subscriber is in a lane. */
    record Cursor(long position, int attempt, int lostLeases) {}

    UUID insert(
            @Param("lane") int lane,
            @Param("name") String name,
            @Param("key") @Nullable String key,
            @Param("payload") JsonNode payload,
            @Param("traceId") String traceId,
            @Param("traceparent") @Nullable String traceparent);

    /** Returns the cursor; where there is none yet, where the subscriber began to subscribe. */
    @Nullable
    Cursor cursor(@Param("subscriber") String subscriber, @Param("lane") int lane);

    List<Row> read(
            @Param("subscriber") String subscriber,
            @Param("lane") int lane,
            @Param("after") long after,
            @Param("head") long head,
            @Param("limit") int limit);

    int advance(@Param("subscriber") String subscriber, @Param("lane") int lane, @Param("position") long position);

    void failed(
            @Param("subscriber") String subscriber,
            @Param("lane") int lane,
            @Param("position") long position,
            @Param("attempt") int attempt,
            @Param("code") String code,
            @Param("message") String message);

    int countLostLease(
            @Param("subscriber") String subscriber, @Param("lane") int lane, @Param("position") long position);

    void park(
            @Param("subscriber") String subscriber,
            @Param("event") Row event,
            @Param("attempts") int attempts,
            @Param("code") String code,
            @Param("message") String message);
}
