package dev.mortise.kernel.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Subscriptions and events that were set aside, of the bound tenant, for people. */
interface SubscriptionMapper {
    /** A subscription as the tenant sees it. */
    record SubscriptionRow(
            String name,
            List<String> topics,
            int lanesBehind,
            int lanesStopped,
            long parked,
            @Nullable String errorCode,
            @Nullable String errorMessage) {}

    /** An event that was set aside. */
    record ParkedRow(
            UUID id,
            String subscriber,
            UUID eventId,
            String eventName,
            @Nullable String eventKey,
            long position,
            JsonNode payload,
            Instant publishedAt,
            String traceId,
            int attempts,
            String errorCode,
            String errorMessage,
            Instant parkedAt) {}

    List<SubscriptionRow> subscriptions(@Param("name") @Nullable String name);

    long positionBefore(@Param("time") Instant time);

    int rewind(@Param("name") String name, @Param("position") long position);

    int resume(@Param("name") String name);

    List<ParkedRow> parked(
            @Param("subscriber") @Nullable String subscriber,
            @Param("after") @Nullable UUID after,
            @Param("limit") int limit);

    @Nullable
    ParkedRow findParked(@Param("id") UUID id);

    int dropParked(@Param("id") UUID id);
}
