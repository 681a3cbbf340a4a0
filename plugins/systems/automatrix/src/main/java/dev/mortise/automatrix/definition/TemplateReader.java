package dev.mortise.automatrix.definition;

import dev.mortise.automatrix.expression.Expression;
import dev.mortise.automatrix.expression.Expressions;
import dev.mortise.automatrix.expression.Flaw;
import dev.mortise.automatrix.expression.FlawedExpressionException;
import dev.mortise.automatrix.expression.Template;
import dev.mortise.automatrix.expression.TextParts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads expressions, and values in which texts may hold expressions. */
final class TemplateReader {
    private static final int DEEPEST = 32;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Expressions expressions;
    private final Problems problems;
    private final Set<String> stepIds;

    TemplateReader(Expressions expressions, Problems problems, Set<String> stepIds) {
        this.expressions = expressions;
        this.problems = problems;
        this.stepIds = stepIds;
    }

    Template read(Node node, String path) {
        return read(node, path, 0);
    }

    private Template read(Node node, String path, int depth) {
        if (depth > DEEPEST) {
            problems.add(node, path, "The value is nested more than " + DEEPEST + " levels deep", "Flatten it");
            return new Template.Fixed(JSON.nullNode());
        }
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, Template> fields = new LinkedHashMap<>();
                Fields.of(mapping, path, problems)
                        .all()
                        .forEach((key, value) -> fields.put(key, read(value, path + "." + key, depth + 1)));
                yield new Template.Fields(fields);
            }
            case SequenceNode sequence -> {
                List<Template> elements = new ArrayList<>();
                for (Node element : sequence.getValue()) {
                    elements.add(read(element, path + "[" + elements.size() + "]", depth + 1));
                }
                yield new Template.Elements(elements);
            }
            case ScalarNode scalar ->
                scalar.getTag().equals(Tag.STR) ? text(scalar, path) : new Template.Fixed(literal(scalar, path));
            default -> throw new IllegalStateException("YAML has no other node than " + node.getNodeType());
        };
    }

    private JsonNode literal(ScalarNode scalar, String path) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
        }
        try {
            if (tag.equals(Tag.INT)) {
                BigInteger integer = new BigInteger(text);
                return integer.bitLength() < 64 ? JSON.numberNode(integer.longValueExact()) : JSON.numberNode(integer);
            }
            if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(new BigDecimal(text).doubleValue());
            }
        } catch (NumberFormatException unreadable) {
            problems.add(
                    scalar,
                    path,
                    text + " is no number that JSON can hold",
                    "Write it in digits, or quote it as a text");
            return JSON.nullNode();
        }
        problems.add(scalar, path, "The tag " + tag.getValue() + " is not supported", "Remove the tag");
        return JSON.nullNode();
    }

    private Template text(ScalarNode scalar, String path) {
        try {
            List<TextParts.Part> parts = TextParts.split(scalar.getValue());
            List<Template> templates = new ArrayList<>();
            for (TextParts.Part part : parts) {
                templates.add(
                        part.expression()
                                ? computed(scalar, part, path)
                                : new Template.Fixed(JSON.stringNode(part.text())));
            }
            return templates.size() == 1 ? templates.getFirst() : new Template.Joined(templates);
        } catch (FlawedExpressionException unclosed) {
            Flaw flaw = unclosed.flaws().getFirst();
            problems.addInside(
                    scalar, flaw.offset(), path, capital(flaw.message()), "Close it by }, or write $${ for a plain ${");
            return new Template.Fixed(JSON.nullNode());
        }
    }

    private Template computed(ScalarNode scalar, TextParts.Part part, String path) {
        return compile(scalar, part.text(), part.offset(), path)
                .<Template>map(Template.Computed::new)
                .orElseGet(() -> new Template.Fixed(JSON.nullNode()));
    }

    /** Compiles a text that is one expression, such as a condition; reports what is wrong with it. */
    Optional<Expression> expression(ScalarNode scalar, String path) {
        return compile(scalar, scalar.getValue(), 0, path);
    }

    private Optional<Expression> compile(ScalarNode scalar, String source, int offset, String path) {
        try {
            Expression expression = expressions.compile(source);
            expression.stepReferences().stream()
                    .filter(reference -> !stepIds.contains(reference.stepId()))
                    .forEach(reference -> problems.addInside(
                            scalar,
                            offset + reference.offset(),
                            path,
                            "There is no step " + reference.stepId(),
                            Suggestion.remedy(reference.stepId(), stepIds, "Steps: " + String.join(", ", stepIds))));
            return Optional.of(expression);
        } catch (FlawedExpressionException flawed) {
            for (Flaw flaw : flawed.flaws()) {
                problems.addInside(
                        scalar,
                        offset + flaw.offset(),
                        path,
                        "Expression " + source.strip() + ": " + flaw.message(),
                        remedy(source));
            }
            return Optional.empty();
        }
    }

    private String remedy(String source) {
        return stepIds.stream()
                .filter(id -> id.contains("-") && source.contains("steps." + id))
                .findFirst()
                .map(id -> "A hyphen subtracts; write steps['" + id + "']")
                .orElse("Mend the expression; it may use input, steps and run");
    }

    private static String capital(String message) {
        return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }
}
