package dev.mortise.sandbox.grant;

import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Memories of scripts. */
interface StateMapper {
    @Nullable
    String find(@Param("name") String name, @Param("key") String key);

    /** Returns how many rows were written: none when the memory is full and the key is new. */
    int put(
            @Param("name") String name,
            @Param("key") String key,
            @Param("value") String value,
            @Param("mostKeys") int mostKeys);

    int remove(@Param("name") String name, @Param("key") String key);
}
