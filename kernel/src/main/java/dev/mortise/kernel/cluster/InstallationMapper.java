package dev.mortise.kernel.cluster;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** What all nodes are to run, and what each made of it. */
public interface InstallationMapper {
    /** Claims to be the one who tells the database what was installed before; 0 when that was done. */
    int adopt();

    /** Wakes all nodes when the transaction is kept. */
    int announce(String topic);

    /** Returns all installed plugins, by id. */
    List<Installation> all();

    /** Returns one, locked until the transaction ends. */
    @Nullable
    Installation lock(String id);

    /** Writes one, in a new generation. */
    int put(Installation installation);

    /** Ends the wait of one node. */
    int release(@Param("id") String id, @Param("node") String node);

    int remove(String id);

    int putJar(
            @Param("id") String id,
            @Param("version") String version,
            @Param("sha512") String sha512,
            @Param("sizeBytes") long sizeBytes);

    int dropJar(@Param("id") String id, @Param("version") String version);

    int putChunk(
            @Param("id") String id,
            @Param("version") String version,
            @Param("number") int number,
            @Param("content") byte[] content);

    /** Returns what is known of a jar, or null. */
    @Nullable
    Jar jar(@Param("id") String id, @Param("version") String version);

    /** Returns one chunk, or null after the last one. */
    @Nullable
    Chunk chunk(@Param("id") String id, @Param("version") String version, @Param("number") int number);

    /** Deletes the jars of versions that nothing refers to any more. */
    int dropUnused(String id);

    /** Notes what a node made of a plugin. */
    int report(
            @Param("node") UUID node,
            @Param("id") String id,
            @Param("version") String version,
            @Param("generation") long generation,
            @Param("state") String state,
            @Param("problem") String problem);

    /** Forgets what a node said of plugins that are not installed any more. */
    int dropReports(@Param("node") UUID node, @Param("ids") List<String> ids);

    /** Returns what all nodes made of all plugins. */
    List<Report> reports();

    /** A jar's digest and size. */
    record Jar(String sha512, long sizeBytes) {}

    /**
     * A part of a jar; a record, because MyBatis takes a method that returns an array for one that returns many rows.
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Chunk(byte[] content) {}

    /** What a node made of a plugin. */
    record Report(UUID nodeId, String pluginId, String version, long generation, String state, String problem) {}
}
