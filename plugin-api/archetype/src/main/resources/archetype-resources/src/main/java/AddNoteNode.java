package ${package};

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.workflow.Effect;
import dev.mortise.api.workflow.NodeCall;
import dev.mortise.api.workflow.NodeDescription;
import dev.mortise.api.workflow.NodeType;
import org.pf4j.Extension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A step for workflows, {@code ${artifactId}.add}: keeps the text of its input as a note. */
@Extension
public final class AddNoteNode implements NodeType {
    private final Notes notes;
    private final JsonMapper json;

    /** Called by the server, with the plugin's main class. */
    public AddNoteNode(NotesPlugin plugin) {
        this.notes = plugin.notes();
        this.json = plugin.context().json();
    }

    @Override
    public String name() {
        return "${artifactId}.add";
    }

    @Override
    public NodeDescription describe() {
        return new NodeDescription("Add a note", "Keeps the field text of the input as a note.", Effect.IDEMPOTENT);
    }

    @Override
    public JsonNode execute(NodeCall call) {
        JsonNode text = call.input().path("text");
        if (!text.isString()) {
            throw new MortiseException(ApiError.INPUT_INVALID, "The field text is missing", "Give a text");
        }
        return json.valueToTree(notes.add(text.stringValue(), call.idempotencyKey()));
    }
}
