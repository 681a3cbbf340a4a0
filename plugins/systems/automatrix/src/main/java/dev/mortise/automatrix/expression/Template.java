package dev.mortise.automatrix.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON value in which some texts hold expressions. Immutable. */
public sealed interface Template {
    /**
     * Fills the template.
     *
     * @throws EvaluationException naming the field, when an expression in it fails
     */
    JsonNode fill(Scope scope);

    /** A value without expressions. */
    record Fixed(JsonNode value) implements Template {
        @Override
        public JsonNode fill(Scope scope) {
            return value;
        }
    }

    /** The value of one expression, with its type. */
    record Computed(Expression expression) implements Template {
        @Override
        public JsonNode fill(Scope scope) {
            return expression.evaluate(scope);
        }
    }

    /** A text made of several parts; a part that is no text is inserted as JSON. */
    record Joined(List<Template> parts) implements Template {
        /** Takes an immutable copy of the parts. */
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public JsonNode fill(Scope scope) {
            StringBuilder text = new StringBuilder();
            for (Template part : parts) {
                JsonNode value = part.fill(scope);
                text.append(value.isString() ? value.stringValue() : value.toString());
            }
            return JsonNodeFactory.instance.stringNode(text.toString());
        }
    }

    /** An object. */
    record Fields(Map<String, Template> fields) implements Template {
        /** Takes a copy of the fields that keeps their order. */
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public JsonNode fill(Scope scope) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, field) -> {
                try {
                    object.set(name, field.fill(scope));
                } catch (EvaluationException failure) {
                    throw failure.within(name);
                }
            });
            return object;
        }
    }

    /** A list. */
    record Elements(List<Template> elements) implements Template {
        /** Takes an immutable copy of the elements. */
        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public JsonNode fill(Scope scope) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
            for (int index = 0; index < elements.size(); index++) {
                try {
                    array.add(elements.get(index).fill(scope));
                } catch (EvaluationException failure) {
                    throw failure.within("[" + index + "]");
                }
            }
            return array;
        }
    }
}
