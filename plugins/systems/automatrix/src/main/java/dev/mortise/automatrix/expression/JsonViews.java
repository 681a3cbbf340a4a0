package dev.mortise.automatrix.expression;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects and arrays as the maps and lists that CEL reads; unmodifiable, converted on access. */
final class JsonViews {
    private JsonViews() {}

    /** An object, or the outputs of all steps. */
    static final class Fields extends AbstractMap<String, Object> {
        private final @Nullable ObjectNode node;
        private final Map<String, JsonNode> fields;

        Fields(ObjectNode node) {
            this.node = node;
            this.fields = Map.of();
        }

        Fields(Map<String, JsonNode> fields) {
            this.node = null;
            this.fields = fields;
        }

        /** Returns the node behind this view, or null when it is a bare map. */
        @Nullable
        ObjectNode node() {
            return node;
        }

        private @Nullable JsonNode find(@Nullable Object key) {
            if (!(key instanceof String name)) {
                return null;
            }
            return node == null ? fields.get(name) : node.get(name);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            JsonNode value = find(key);
            return value == null ? null : CelValues.toCel(value);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return find(key) != null;
        }

        @Override
        public int size() {
            return node == null ? fields.size() : node.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Set<Entry<String, JsonNode>> entries = node == null ? fields.entrySet() : node.properties();
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return entries.stream()
                            .map(entry -> Map.entry(entry.getKey(), CelValues.toCel(entry.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return entries.size();
                }
            };
        }
    }

    /** An array. */
    static final class Elements extends AbstractList<Object> {
        private final ArrayNode node;

        Elements(ArrayNode node) {
            this.node = node;
        }

        ArrayNode node() {
            return node;
        }

        @Override
        public Object get(int index) {
            JsonNode element = node.get(index);
            if (element == null) {
                throw new IndexOutOfBoundsException(index);
            }
            return CelValues.toCel(element);
        }

        @Override
        public int size() {
            return node.size();
        }
    }
}
