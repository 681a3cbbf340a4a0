package dev.mortise.api.script;

import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolDescription;
import dev.mortise.api.workflow.Effect;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A tool that a script is. */
final class ScriptTool implements Tool {
    private final ScriptManifest.Part part;
    private final ScriptCode code;

    ScriptTool(ScriptManifest.Part part, ScriptCode code) {
        this.part = part;
        this.code = code;
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public ToolDescription describe() {
        return new ToolDescription(
                part.title(),
                part.summary(),
                Objects.requireNonNullElse(part.input(), Map.of("type", "object")),
                Effect.AT_MOST_ONCE);
    }

    @Override
    public JsonNode call(JsonNode input) {
        return code.call(input);
    }
}
