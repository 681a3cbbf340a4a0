package dev.mortise.automatrix.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements on published workflows. */
public interface WorkflowMapper {
    /** Makes publications of the same name wait for one another until the transaction ends. */
    String lock(String name);

    /** Returns the newest version when its source has this hash. */
    @Nullable
    PublishedWorkflow sameAsNewest(String name, String hash);

    /** Adds the next version. */
    PublishedWorkflow publish(String name, String title, String source, String hash);

    /** Returns the newest version of each workflow whose name comes after the given one. */
    List<PublishedWorkflow> newest(String after, int limit);

    /** Returns the versions of a workflow, newest first, that are older than the given one. */
    List<PublishedWorkflow> versions(String name, int before, int limit);

    /** Returns the newest version of a workflow, or null. */
    @Nullable
    PublishedWorkflow newestOf(String name);

    /** Returns one version, or null. */
    @Nullable
    WorkflowSource source(String name, int version);
}
