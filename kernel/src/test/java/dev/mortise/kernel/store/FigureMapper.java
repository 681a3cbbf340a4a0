package dev.mortise.kernel.store;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The same statements on a table with row-level security and on one without. */
interface FigureMapper {
    String guarded(UUID note);

    String plain(@Param("tenant") UUID tenant, @Param("note") UUID note);

    List<String> guardedPage(UUID note);

    List<String> plainPage(@Param("tenant") UUID tenant, @Param("note") UUID note);

    int changeGuarded(UUID note);

    int changePlain(@Param("tenant") UUID tenant, @Param("note") UUID note);
}
