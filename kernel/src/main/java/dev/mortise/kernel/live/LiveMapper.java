package dev.mortise.kernel.live;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Live messages of the bound tenant. The insert names the schema, because it joins a plugin's transaction. */
interface LiveMapper {
    /** A message as it is kept; the payload is JSON. */
    record Row(long sequence, String payload) {}

    String insert(@Param("topic") String topic, @Param("payload") JsonNode payload);

    @Nullable
    Long last(@Param("topic") String topic);

    List<Row> missed(@Param("topic") String topic, @Param("after") long after, @Param("last") long last);
}
