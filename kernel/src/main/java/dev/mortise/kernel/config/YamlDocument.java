package dev.mortise.kernel.config;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML file as a JSON tree that remembers the line of every value.
 *
 * @param name the file's name, for messages
 * @param root the content; an empty object for an empty file
 * @param lines the line, from 1, of each value by its JSON pointer (RFC 6901)
 */
record YamlDocument(String name, JsonNode root, Map<String, Integer> lines) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    /**
     * Reads a document. In texts, <code>${env:NAME}</code> and <code>${env:NAME:-default}</code> are replaced.
     *
     * @throws MortiseException with {@code kernel.configuration} and the line, when it is no YAML or names a variable
     *     that is not set
     */
    static YamlDocument parse(String name, String text, Function<String, @Nullable String> environment) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            Reader reader = new Reader(name, environment, new HashMap<>());
            JsonNode tree = root.map(node -> reader.read(node, JsonPointer.empty()))
                    .filter(node -> !node.isNull())
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            return new YamlDocument(name, tree, Map.copyOf(reader.lines()));
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw failure(name + where + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw failure(name + ": " + e.getMessage());
        }
    }

    /** Returns where a value stands, as {@code file:line}; for a value that is not there, where its parent stands. */
    String place(String pointer) {
        String known = pointer;
        while (!known.isEmpty() && !lines.containsKey(known)) {
            known = known.substring(0, known.lastIndexOf('/'));
        }
        return name + ":" + lines.getOrDefault(known, 1);
    }

    /** Returns the part of the document below a pointer, which keeps its lines. */
    YamlDocument below(String pointer) {
        Map<String, Integer> inner = new HashMap<>();
        lines.forEach((path, line) -> {
            if (path.equals(pointer) || path.startsWith(pointer + "/")) {
                inner.put(path.substring(pointer.length()), line);
            }
        });
        JsonNode part = root.at(pointer);
        return new YamlDocument(
                name,
                part.isMissingNode() || part.isNull() ? JsonNodeFactory.instance.objectNode() : part,
                Map.copyOf(inner));
    }

    private static MortiseException failure(String what) {
        return new MortiseException(
                KernelError.CONFIGURATION,
                what,
                "Correct the file; `mortise doctor` checks it without starting the server");
    }

    private record Reader(String name, Function<String, @Nullable String> environment, Map<String, Integer> lines) {
        JsonNode read(Node node, JsonPointer path) {
            int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            lines.put(path.toString(), line);
            return switch (node) {
                case MappingNode mapping -> object(mapping, path);
                case SequenceNode sequence -> array(sequence, path);
                case ScalarNode scalar -> scalar(scalar, line);
                default -> throw failure(name + ":" + line + ": a value of this kind is not understood");
            };
        }

        private ObjectNode object(MappingNode mapping, JsonPointer path) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                JsonPointer inner = path.appendProperty(key);
                if (object.has(key)) {
                    int line = entry.getKeyNode()
                            .getStartMark()
                            .map(mark -> mark.getLine() + 1)
                            .orElse(1);
                    throw failure(name + ":" + line + ": \"" + key + "\" is given twice");
                }
                object.set(key, read(entry.getValueNode(), inner));
                // An error about a key should point to the key, not to a value that may stand below it.
                entry.getKeyNode().getStartMark().ifPresent(mark -> lines.put(inner.toString(), mark.getLine() + 1));
            }
            return object;
        }

        private ArrayNode array(SequenceNode sequence, JsonPointer path) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node each : sequence.getValue()) {
                array.add(read(each, path.appendIndex(array.size())));
            }
            return array;
        }

        private JsonNode scalar(ScalarNode scalar, int line) {
            String text = scalar.getValue();
            Tag tag = scalar.getTag();
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (tag.equals(Tag.NULL)) {
                return nodes.nullNode();
            } else if (tag.equals(Tag.BOOL)) {
                return nodes.booleanNode(Boolean.parseBoolean(text));
            } else if (tag.equals(Tag.INT)) {
                return nodes.numberNode(Long.decode(text));
            } else if (tag.equals(Tag.FLOAT)) {
                return nodes.numberNode(Double.parseDouble(text));
            }
            return nodes.stringNode(withVariables(text, line));
        }

        private String withVariables(String text, int line) {
            Matcher matcher = VARIABLE.matcher(text);
            return matcher.replaceAll(match -> {
                String value = environment.apply(match.group(1));
                if (value == null) {
                    value = match.group(2);
                }
                if (value == null) {
                    throw failure(name + ":" + line + ": the environment variable " + match.group(1) + " is not set");
                }
                return Matcher.quoteReplacement(value);
            });
        }
    }
}
