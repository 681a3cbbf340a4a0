package dev.mortise.kernel.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Jobs of the bound tenant. All statements name the schema, because some join a plugin's transaction. */
interface JobMapper {
    /** A job to be inserted. */
    record NewJob(
            String plugin,
            String handler,
            int priority,
            @Nullable String jobKey,
            @Nullable String lane,
            @Nullable Integer laneLimit,
            @Nullable Instant runAt,
            String traceId,
            @Nullable String traceparent,
            JsonNode payload) {}

    /** How many jobs of a handler are in a state. */
    record StateCount(String state, String handler, long jobs) {}

    /** Returns the new job's id, or null when the key is taken. */
    @Nullable
    UUID insert(NewJob job);

    @Nullable
    UUID byKey(@Param("plugin") String plugin, @Param("key") String key);

    @Nullable
    JobRow find(@Param("id") UUID id);

    @Nullable
    JsonNode payload(@Param("id") UUID id);

    List<JobRow> list(
            @Param("state") @Nullable String state,
            @Param("handler") @Nullable String handler,
            @Param("after") @Nullable UUID after,
            @Param("limit") int limit);

    List<StateCount> states();

    boolean end(
            @Param("id") UUID id,
            @Param("version") long version,
            @Param("outcome") String outcome,
            @Param("code") @Nullable String code,
            @Param("message") @Nullable String message);

    boolean retry(
            @Param("id") UUID id,
            @Param("version") long version,
            @Param("seconds") double seconds,
            @Param("counted") boolean counted,
            @Param("code") @Nullable String code,
            @Param("message") @Nullable String message);

    int progress(@Param("id") UUID id, @Param("part") double part, @Param("text") String text);

    boolean cancel(@Param("id") UUID id);

    boolean replay(@Param("id") UUID id);

    int drop(@Param("id") UUID id);
}
