package dev.mortise.relaycore.usage;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** The tenant's table of usage; see {@code UsageMapper.xml}. */
interface UsageMapper {
    /** Adds the entries that are not there yet; returns how many were added. */
    int insertAll(@Param("entries") List<UsageEntry> entries);

    /** Returns entries from the newest to the oldest, only those before the given one. */
    List<UsageRow> page(@Param("before") @Nullable UUID before, @Param("limit") int limit);

    /** Sums up the entries from that id on, by model. */
    List<UsageTotal> totals(@Param("from") UUID from);
}
