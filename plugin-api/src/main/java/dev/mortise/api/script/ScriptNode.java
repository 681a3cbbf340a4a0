package dev.mortise.api.script;

import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import tools.jackson.databind.JsonNode;

/** A step of workflows that a script is. */
final class ScriptNode implements NodeType {
    private final ScriptManifest.Part part;
    private final ScriptCode code;
    private final boolean isConnected;

    /** @param isConnected whether the script may reach anything; one that cannot changes nothing */
    ScriptNode(ScriptManifest.Part part, ScriptCode code, boolean isConnected) {
        this.part = part;
        this.code = code;
        this.isConnected = isConnected;
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public NodeDescription describe() {
        return new NodeDescription(part.title(), part.summary(), isConnected ? Effect.AT_MOST_ONCE : Effect.NONE);
    }

    @Override
    public JsonNode execute(NodeCall call) {
        return code.call(call.input());
    }
}
