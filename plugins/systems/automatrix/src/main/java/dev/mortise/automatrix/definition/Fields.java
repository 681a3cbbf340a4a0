package dev.mortise.automatrix.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The fields of one mapping in the source. Asking for a field that is missing or of another kind reports a problem. */
final class Fields {
    private final MappingNode node;
    private final String path;
    private final Problems problems;
    private final SequencedMap<String, Node> values = new LinkedHashMap<>();

    private Fields(MappingNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** Reads a mapping whose keys may be any text. */
    static Fields of(MappingNode node, String path, Problems problems) {
        Fields fields = new Fields(node, path, problems);
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), path, "A key must be a text", "Write the key as a plain word");
            } else if (fields.values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(
                        key,
                        fields.pathOf(key.getValue()),
                        "The key " + key.getValue() + " is there twice",
                        "Remove one of the two");
            }
        }
        return fields;
    }

    /** Reads a mapping whose keys must be among the known ones. */
    static Fields of(MappingNode node, String path, Problems problems, List<String> known) {
        Fields fields = of(node, path, problems);
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
                problems.add(
                        key,
                        fields.pathOf(key.getValue()),
                        "Unknown key " + key.getValue(),
                        Suggestion.remedy(key.getValue(), known, "Known keys here: " + String.join(", ", known)));
            }
        }
        return fields;
    }

    Map<String, Node> all() {
        return values;
    }

    MappingNode node() {
        return node;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Optional<Node> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Optional<Node> require(String key, String remedy) {
        if (!values.containsKey(key)) {
            problems.add(node, path, "The key " + key + " is missing", remedy);
        }
        return find(key);
    }

    /** Returns the scalar of that key; reports a problem when there is something else. */
    Optional<ScalarNode> scalar(String key) {
        return find(key).flatMap(value -> scalar(value, pathOf(key)));
    }

    Optional<ScalarNode> scalar(Node value, String valuePath) {
        if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return Optional.of(scalar);
        }
        problems.add(value, valuePath, "A text is needed here, not " + kind(value), "Write one word or a quoted text");
        return Optional.empty();
    }

    Optional<MappingNode> mapping(Node value, String valuePath, String remedy) {
        if (value instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        problems.add(value, valuePath, "Keys with values are needed here, not " + kind(value), remedy);
        return Optional.empty();
    }

    List<Node> sequence(String key, String remedy) {
        Optional<Node> value = require(key, remedy);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                problems.add(sequence, pathOf(key), "The list is empty", remedy);
            }
            return sequence.getValue();
        }
        problems.add(value.get(), pathOf(key), "A list is needed here, not " + kind(value.get()), remedy);
        return List.of();
    }

    static String kind(Node value) {
        return switch (value) {
            case MappingNode ignored -> "keys with values";
            case SequenceNode ignored -> "a list";
            default -> value.getTag().equals(Tag.NULL) ? "nothing" : "a single value";
        };
    }
}
