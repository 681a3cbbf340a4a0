package dev.mortise.automatrix.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of JSON as CEL has them, and back. Objects and lists become views that convert an element when CEL asks for
 * it, so an expression pays for what it reads, and a value that is only passed on comes back as the node it was.
 */
final class CelValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigInteger LARGEST_UINT = UnsignedLong.MAX_VALUE.bigIntegerValue();

    private CelValues() {}

    /** A value that one of the two languages cannot hold. */
    static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitException(String message) {
            super(message);
        }
    }

    static Object toCel(Map<String, JsonNode> steps) {
        return new JsonViews.Fields(steps);
    }

    static Object toCel(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new JsonViews.Fields((ObjectNode) node);
            case ARRAY -> new JsonViews.Elements((ArrayNode) node);
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case NULL, MISSING -> NullValue.NULL_VALUE;
            default -> throw new UnfitException("a value of type " + node.getNodeType() + " is not JSON");
        };
    }

    private static Object number(JsonNode node) {
        if (!node.isIntegralNumber()) {
            return node.doubleValue();
        }
        if (node.canConvertToLong()) {
            return node.longValue();
        }
        BigInteger large = node.bigIntegerValue();
        if (large.signum() > 0 && large.compareTo(LARGEST_UINT) <= 0) {
            return UnsignedLong.valueOf(large);
        }
        throw new UnfitException(
                "the integer " + large + " needs more than 64 bits; pass it on by a plain path, or send it as text");
    }

    static JsonNode toJson(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case NullValue ignored -> JSON.nullNode();
            case String text -> JSON.stringNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case Long integer -> JSON.numberNode((long) integer);
            case UnsignedLong integer -> JSON.numberNode(integer.bigIntegerValue());
            case Double number -> fraction(number);
            case JsonViews.Fields fields when fields.node() != null -> fields.node();
            case JsonViews.Elements elements -> elements.node();
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            case Optional<?> optional ->
                toJson(optional.orElseThrow(
                        () -> new UnfitException("the optional value is absent; add .orValue(...)")));
            case Instant instant -> JSON.stringNode(instant.toString());
            case Duration duration -> JSON.stringNode(duration.toString());
            case dev.cel.common.values.CelByteString bytes ->
                JSON.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            default ->
                throw new UnfitException("a value of type " + value.getClass().getSimpleName() + " is not JSON");
        };
    }

    private static JsonNode fraction(double number) {
        if (!Double.isFinite(number)) {
            throw new UnfitException("the result " + number + " has no form in JSON");
        }
        return JSON.numberNode(number);
    }

    private static JsonNode object(Map<?, ?> map) {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new UnfitException("the key " + key + " is not a text, as JSON needs it");
            }
            object.set(name, toJson(value));
        });
        return object;
    }

    private static JsonNode array(List<?> list) {
        ArrayNode array = JSON.arrayNode(list.size());
        list.forEach(element -> array.add(toJson(element)));
        return array;
    }
}
