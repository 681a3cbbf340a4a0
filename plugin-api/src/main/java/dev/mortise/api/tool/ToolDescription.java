package dev.mortise.api.tool;

import dev.mortise.api.workflow.Effect;
import java.util.Map;

/**
 * What a tool is for.
 *
 * @param title two or three words for people
 * @param summary one or two sentences, for people and for the models that choose among tools
 * @param inputSchema JSON Schema (2020-12) of the input, as maps, lists, texts, numbers and booleans
 * @param effect what repeating a call would do
 * @since 0.1
 */
public record ToolDescription(String title, String summary, Map<String, Object> inputSchema, Effect effect) {
    /** Copies the schema's outermost level. */
    public ToolDescription {
        inputSchema = Map.copyOf(inputSchema);
    }
}
