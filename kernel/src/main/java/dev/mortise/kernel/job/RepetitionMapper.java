package dev.mortise.kernel.job;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Repetitions of the bound tenant. */
interface RepetitionMapper {
    /** A row of {@code mortise.job_repetition}. */
    record Row(
            String plugin,
            String name,
            String handler,
            String cron,
            String zone,
            int priority,
            String lane,
            int laneLimit,
            JsonNode payload,
            Instant nextAt) {}

    /** Returns the time of the database, which all nodes agree on. */
    Instant now();

    @Nullable
    Row find(@Param("plugin") String plugin, @Param("name") String name);

    void put(Row row);

    int delete(@Param("plugin") String plugin, @Param("name") String name);

    /** Returns the due ones, locked; those that another node has locked are that node's to schedule. */
    List<Row> due();

    void moveOn(@Param("plugin") String plugin, @Param("name") String name, @Param("nextAt") Instant nextAt);
}
