package dev.mortise.automatrix.engine;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.ExtensionInfo;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.store.Store;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automatrix.AutomatrixError;
import dev.mortise.automatrix.definition.DefinitionReader;
import dev.mortise.automatrix.definition.Workflow;
import dev.mortise.automatrix.expression.Expressions;
import dev.mortise.automatrix.run.PublishedWorkflow;
import dev.mortise.automatrix.run.WorkflowMapper;
import dev.mortise.automatrix.run.WorkflowSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Publishes workflows, and keeps those in memory that runs need. */
public final class Workflows {
    private static final int MOST_IN_MEMORY = 256;

    private final Store store;
    private final Extensions extensions;
    private final DefinitionReader reader = new DefinitionReader(new Expressions());
    private final Map<Key, Workflow> compiled = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Workflow> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    });

    /** Creates the shelf of workflows in that store. */
    public Workflows(Store store, Extensions extensions) {
        this.store = store;
        this.extensions = extensions;
    }

    private record Key(TenantId tenant, String name, int version) {}

    /**
     * What publishing came to.
     *
     * @param workflow the version that is the newest now
     * @param isNew false when the newest version had the same source already
     */
    public record Publication(PublishedWorkflow workflow, boolean isNew) {}

    /**
     * Publishes a source as the next version of the workflow that it names, unless it is the newest version already.
     *
     * @param check is given the newest version before, 0 for none, and refuses by throwing; nobody else publishes that
     *     workflow meanwhile
     * @throws dev.mortise.automatrix.definition.DefinitionException when the source has problems
     */
    public Publication publish(String source, IntConsumer check) {
        Set<String> nodes = extensions.list(NodeType.class).stream()
                .map(ExtensionInfo::name)
                .collect(Collectors.toUnmodifiableSet());
        Workflow workflow = reader.read(source, nodes);
        String hash = hash(source);
        Publication publication = store.write(WorkflowMapper.class, workflows -> {
            workflows.lock(workflow.name());
            @Nullable PublishedWorkflow newest = workflows.newestOf(workflow.name());
            check.accept(newest == null ? 0 : newest.version());
            @Nullable PublishedWorkflow same = workflows.sameAsNewest(workflow.name(), hash);
            return same != null
                    ? new Publication(same, false)
                    : new Publication(workflows.publish(workflow.name(), workflow.title(), source, hash), true);
        });
        compiled.put(key(workflow.name(), publication.workflow().version()), workflow);
        return publication;
    }

    /**
     * Returns a version of a workflow, compiled.
     *
     * @throws MortiseException with {@code automatrix.workflow-unknown}
     */
    Workflow load(String name, int version) {
        Key key = key(name, version);
        Workflow known = compiled.get(key);
        if (known != null) {
            return known;
        }
        @Nullable
        WorkflowSource source = store.<WorkflowMapper, @Nullable WorkflowSource>read(
                WorkflowMapper.class, workflows -> workflows.source(name, version));
        if (source == null) {
            throw new MortiseException(
                    AutomatrixError.WORKFLOW_UNKNOWN,
                    "There is no version " + version + " of the workflow " + name,
                    "Publish the workflow");
        }
        Workflow workflow = reader.readPublished(source.source());
        compiled.put(key, workflow);
        return workflow;
    }

    private static Key key(String name, int version) {
        return new Key(CallContext.current().tenant(), name, version);
    }

    /** Returns the SHA-256 of a text, in hexadecimal digits. */
    static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
