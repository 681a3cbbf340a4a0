package dev.mortise.automatrix.run;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on published workflows. */
public interface WorkflowMapper {
    /** Makes publications of the same name wait for one another until the transaction ends. */
    String lock(@Param("name") String name);

    /** Returns the newest version when its source has this hash. */
    @Nullable
    PublishedWorkflow sameAsNewest(@Param("name") String name, @Param("hash") String hash);

    /** Adds the next version. */
    PublishedWorkflow publish(
            @Param("name") String name,
            @Param("title") String title,
            @Param("source") String source,
            @Param("hash") String hash);

    /** Returns the newest version of each workflow whose name comes after the given one. */
    List<PublishedWorkflow> newest(@Param("after") String after, @Param("limit") int limit);

    /** Returns the versions of a workflow, newest first. */
    List<PublishedWorkflow> versions(@Param("name") String name);

    /** Returns one version, or null. */
    @Nullable
    WorkflowSource source(@Param("name") String name, @Param("version") int version);
}
