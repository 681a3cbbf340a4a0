package dev.mortise.kernel.secret;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The table {@code mortise.secret}. Bytes are hexadecimal. */
interface SecretMapper {
    /** What may be shown of a secret. */
    record NameRow(String name, Instant updatedAt, String updatedBy) {}

    /** A secret that is to be sealed anew. */
    record SealedRow(String plugin, String name, String sealed) {}

    /** Returns the names of a plugin's secrets that come after the given one. */
    List<NameRow> names(@Param("plugin") String plugin, @Param("after") String after, @Param("limit") int limit);

    Optional<String> sealed(@Param("plugin") String plugin, @Param("name") String name);

    void put(
            @Param("plugin") String plugin,
            @Param("name") String name,
            @Param("sealed") byte[] sealed,
            @Param("keyId") UUID keyId,
            @Param("by") String by);

    /** Tells every node, with the commit, that a secret is another one or gone. */
    boolean announce(@Param("payload") String payload);

    int delete(@Param("plugin") String plugin, @Param("name") String name);

    /** Whose secrets have a retired data key; looks across tenants. */
    List<UUID> tenantsToReseal();

    /** Returns secrets of the bound tenant that have a retired data key. */
    List<SealedRow> outdated(@Param("limit") int limit);

    /** Puts the same secret under another key, unless it was set or deleted meanwhile. */
    int reseal(@Param("row") SealedRow row, @Param("sealed") byte[] sealed, @Param("keyId") UUID keyId);
}
