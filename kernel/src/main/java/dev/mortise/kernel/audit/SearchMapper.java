package dev.mortise.kernel.audit;

import java.util.List;
import org.apache.ibatis.annotations.Param;

/** Searches in {@code mortise.audit_entry}. */
interface SearchMapper {
    /** Returns entries before a number, the newest first. */
    List<ChainMapper.Row> before(
            @Param("query") AuditQuery query, @Param("before") long before, @Param("limit") int limit);

    /** Returns entries after a number, the oldest first. */
    List<ChainMapper.Row> after(
            @Param("query") AuditQuery query, @Param("after") long after, @Param("limit") int limit);
}
