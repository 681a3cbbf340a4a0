package dev.mortise.automotive.decision;

import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import dev.mortise.automotive.AutomotivePlugin;
import dev.mortise.automotive.Message;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The step {@code automotive.record}: {@code {message, steps}} in, the recorded {@link Decision} out, whose
 * {@code steps} are the outputs of the workflow's steps by id. A message has one decision: what is recorded for it, or
 * for the same step, is returned as it is.
 *
 * @since 0.1
 */
@Extension
public final class RecordNode implements NodeType {
    private final AutomotivePlugin plugin;
    private final Decisions decisions;

    /** Creates the step; called by the kernel. */
    public RecordNode(AutomotivePlugin plugin) {
        this.plugin = plugin;
        this.decisions = new Decisions(plugin.context().store());
    }

    @Override
    public String name() {
        return "automotive.record";
    }

    @Override
    public NodeDescription describe() {
        return new NodeDescription("Record decision", "Keeps what was decided for a message, once", Effect.IDEMPOTENT);
    }

    @Override
    public JsonNode execute(NodeCall call) {
        JsonMapper json = plugin.context().json();
        DecisionDraft draft = DecisionDraft.of(
                call.idempotencyKey(),
                Message.of(call.input()),
                call.input().path("steps"),
                new DecisionDraft.Recording(
                        plugin.context().plugin().version(),
                        plugin.settings().keeping(),
                        plugin.catalogue().languages().size() > 1,
                        json.createObjectNode()));
        return json.valueToTree(decisions.record(draft));
    }
}
