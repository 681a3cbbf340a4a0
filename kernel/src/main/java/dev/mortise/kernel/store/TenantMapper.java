package dev.mortise.kernel.store;

import dev.mortise.api.call.TenantId;
import java.util.List;
import org.apache.ibatis.annotations.Param;

/** The table {@code mortise.tenant}. */
interface TenantMapper {
    /** A tenant for which nothing may run; due when its rows are to be erased now. */
    record StoppedTenant(TenantId id, boolean due) {}

    List<StoppedTenant> stopped();

    List<TenantId> active();

    /** Makes the tenant unless its name is taken. */
    void ensure(@Param("name") String name);

    TenantId byName(@Param("name") String name);
}
