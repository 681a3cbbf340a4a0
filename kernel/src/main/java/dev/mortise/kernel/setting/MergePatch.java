package dev.mortise.kernel.setting;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396) on objects; what is given is never changed. */
final class MergePatch {
    private MergePatch() {}

    /** Returns the target with the patch applied: objects are merged, null removes, everything else replaces. */
    static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.setAll(target);
        patch.properties().forEach(each -> {
            JsonNode value = each.getValue();
            if (value.isNull()) {
                result.remove(each.getKey());
            } else if (value instanceof ObjectNode inner) {
                ObjectNode former = result.get(each.getKey()) instanceof ObjectNode known
                        ? known
                        : JsonNodeFactory.instance.objectNode();
                result.set(each.getKey(), apply(former, inner));
            } else {
                result.set(each.getKey(), value);
            }
        });
        return result;
    }
}
