package dev.mortise.sandbox.grant;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.tool.Tool;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code tools.call(name, input)}: a tool of any running plugin that the grant names. */
final class ToolFunction {
    private static final String NAME = "tools.call";

    private final Extensions extensions;
    private final JsonMapper json;
    private final Set<String> tools;

    ToolFunction(Extensions extensions, JsonMapper json, Set<String> tools) {
        this.extensions = extensions;
        this.json = json;
        this.tools = tools;
    }

    String name() {
        return NAME;
    }

    String call(String text) {
        Arguments arguments = Arguments.parse(NAME, text, json);
        String tool = arguments.text(0, "the name");
        if (!NameRule.matches(tools, tool)) {
            throw new MortiseException(
                    GrantError.DENIED,
                    "The tool \"" + tool + "\" is not granted to this script",
                    "Name a tool that is granted");
        }
        JsonNode input = arguments.value(1, "the input");
        return json.writeValueAsString(extensions.call(Tool.class, tool, called -> called.call(input)));
    }
}
