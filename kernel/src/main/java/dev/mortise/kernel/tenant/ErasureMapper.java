package dev.mortise.kernel.tenant;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code mortise.tenant_erasure}, and the tables with rows of tenants as PostgreSQL's catalogue lists them.
 */
interface ErasureMapper {
    /**
     * A table with rows of tenants.
     *
     * @param oid what PostgreSQL knows it by
     * @param name with its schema
     */
    record TenantTable(long oid, String name) {}

    void request(@Param("tenant") TenantId tenant, @Param("name") String name, @Param("by") String by);

    void forget(@Param("tenant") TenantId tenant);

    /** Locks a tenant that is due until the transaction ends; empty when another node has it, or none is due. */
    Optional<UUID> lockDue(@Param("tenant") TenantId tenant);

    List<TenantTable> tables();

    /** Returns the number of rows, or -1 when other rows still point to them. */
    long erase(@Param("oid") long oid, @Param("atMost") int atMost);

    void count(@Param("tenant") TenantId tenant, @Param("table") String table, @Param("rows") long rows);

    void finish();

    Optional<Erasure> find(@Param("id") @Nullable UUID id, @Param("name") @Nullable String name);

    List<Erasure> list(@Param("after") @Nullable UUID after, @Param("limit") int limit);
}
