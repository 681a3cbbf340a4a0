package dev.mortise.kernel.setting;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tables {@code mortise.server_setting} and, for the bound tenant, {@code mortise.tenant_setting}. */
interface SettingMapper {
    /** One version of what was set for one plugin. */
    record Row(
            String plugin,
            long version,
            JsonNode content,
            @Nullable Instant at,
            String actorKind,
            String actor,
            @Nullable Long restored) {}

    /** Holds back whoever takes the same name, until the transaction ends; returns a value without meaning. */
    boolean lock(@Param("name") String name);

    /** Returns what holds, by plugin. */
    List<Row> newest(@Param("tenant") boolean tenant);

    /** Returns versions before one, the newest first. */
    List<Row> before(
            @Param("tenant") boolean tenant,
            @Param("plugin") String plugin,
            @Param("before") long before,
            @Param("limit") int limit);

    void insert(@Param("tenant") boolean tenant, @Param("row") Row row);

    /** Forgets the oldest versions. */
    void prune(@Param("tenant") boolean tenant, @Param("plugin") String plugin, @Param("upTo") long upTo);

    /** Wakes all nodes when the transaction commits; returns a value without meaning. */
    boolean announce(@Param("payload") String payload);

    /** Returns whose settings were changed in the last minutes; looks across tenants. */
    List<UUID> tenantsWithNewSettings();
}
