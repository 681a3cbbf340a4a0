package dev.mortise.automatrix.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A path such as {@code steps.extract.phones[0]} or {@code steps['hand-over'].reason}. It means what CEL would make of
 * the same text, hands the value on without converting it, and costs a map look-up for each part.
 */
final class PathExpression implements Expression {
    private static final Pattern ROOT = Pattern.compile("\\s*(input|steps|run)");
    private static final Pattern PART = Pattern.compile(
            "\\.([A-Za-z_][A-Za-z0-9_]*)|\\[\\s*(?:'([^'\\\\\n]*)'|\"([^\"\\\\\n]*)\"|(\\d{1,9}))\\s*]");
    /** Words that CEL does not take as field names (cel-spec, "Syntax", RESERVED). */
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private final String source;
    private final String root;
    private final List<Part> parts;

    private PathExpression(String source, String root, List<Part> parts) {
        this.source = source;
        this.root = root;
        this.parts = List.copyOf(parts);
    }

    /** One part of the path: a field's name, or the index into a list. */
    private record Part(@Nullable String name, int index, int offset) {}

    /** Returns the path, or empty when the text is anything else. */
    static Optional<Expression> parse(String source) {
        Matcher root = ROOT.matcher(source);
        if (!root.lookingAt()) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        Matcher part = PART.matcher(source);
        int end = root.end();
        while (part.find(end) && part.start() == end) {
            if (part.group(1) != null && RESERVED.contains(part.group(1))) {
                return Optional.empty();
            }
            parts.add(part(part));
            end = part.end();
        }
        boolean whole = source.substring(end).isBlank();
        boolean bareSteps = root.group(1).equals("steps")
                && (parts.isEmpty() || parts.getFirst().name() == null);
        return whole && !bareSteps ? Optional.of(new PathExpression(source, root.group(1), parts)) : Optional.empty();
    }

    private static Part part(Matcher matcher) {
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return new Part(matcher.group(group), -1, matcher.start(group));
            }
        }
        return new Part(null, Integer.parseInt(matcher.group(4)), matcher.start(4));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<StepReference> stepReferences() {
        if (!root.equals("steps")) {
            return List.of();
        }
        Part first = parts.getFirst();
        return first.name() == null ? List.of() : List.of(new StepReference(first.name(), first.offset()));
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        JsonNode value = scope.root(root);
        String reached = root;
        for (Part part : parts) {
            value = value == null ? step(scope, part) : child(value, part, reached);
            reached = part.name() == null ? reached + "[" + part.index() + "]" : reached + "." + part.name();
        }
        if (value == null) {
            throw new IllegalStateException("A path without parts has a root: " + source);
        }
        return value;
    }

    private JsonNode step(Scope scope, Part part) {
        JsonNode output = part.name() == null ? null : scope.steps().get(part.name());
        if (output == null) {
            throw new EvaluationException(
                    source,
                    part.offset(),
                    "step " + part.name() + " has no output: it was skipped or comes later",
                    null);
        }
        return output;
    }

    private JsonNode child(JsonNode value, Part part, String reached) {
        JsonNode child = part.name() == null ? value.get(part.index()) : value.get(part.name());
        if (child == null) {
            String reason = part.name() == null
                    ? reached + " has no element " + part.index()
                    : reached + (value.isObject() ? " has no field " + part.name() : " is not an object");
            throw new EvaluationException(source, part.offset(), reason, null);
        }
        return child;
    }
}
