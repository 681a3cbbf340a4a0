package dev.mortise.automatrix.definition;

import dev.mortise.automatrix.expression.Expressions;
import dev.mortise.automatrix.expression.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads workflows from YAML 1.2. */
public final class DefinitionReader {
    /** The largest source, in characters. */
    public static final int LONGEST_SOURCE = 256 * 1024;

    private static final int MOST_STEPS = 500;
    private static final int LONGEST_TITLE = 200;
    private static final List<String> KEYS = List.of("name", "title", "start", "steps", "output");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String NAME_RULE = "Use up to 63 lower-case letters, digits and hyphens, a letter first";

    private final Expressions expressions;

    /** Creates a reader that compiles expressions with the given compiler. */
    public DefinitionReader(Expressions expressions) {
        this.expressions = expressions;
    }

    /**
     * Reads a workflow.
     *
     * @param nodes the names of the node types that exist
     * @throws DefinitionException with every problem found
     */
    public Workflow read(String source, Set<String> nodes) {
        return check(source, nodes);
    }

    /**
     * Reads a workflow that was checked when it was published; its nodes may be missing at the moment.
     *
     * @throws DefinitionException with every problem found
     */
    public Workflow readPublished(String source) {
        return check(source, null);
    }

    private Workflow check(String source, @Nullable Set<String> nodes) {
        Problems problems = new Problems();
        Optional<MappingNode> root = compose(source, problems);
        Optional<Workflow> workflow = root.map(node -> workflow(node, nodes, problems));
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
        return workflow.orElseThrow();
    }

    private static Optional<MappingNode> compose(String source, Problems problems) {
        if (source.length() > LONGEST_SOURCE) {
            problems.add(
                    Optional.empty(),
                    0,
                    "",
                    "The source has " + source.length() + " characters, more than " + LONGEST_SOURCE,
                    "Split the workflow");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("workflow")
                .setCodePointLimit(LONGEST_SOURCE)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(source);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                refuseAliases(mapping, problems);
                return problems.isEmpty() ? Optional.of(mapping) : Optional.empty();
            }
            problems.add(
                    root.flatMap(Node::getStartMark),
                    0,
                    "",
                    "A workflow is a mapping with name and steps",
                    "Begin with \"name:\" and \"steps:\"");
        } catch (MarkedYamlEngineException broken) {
            problems.add(
                    broken.getProblemMark(),
                    0,
                    "",
                    "This is not YAML: " + String.valueOf(broken.getProblem()).strip(),
                    "Check indentation, quotes and brackets");
        } catch (YamlEngineException broken) {
            problems.add(
                    Optional.empty(),
                    0,
                    "",
                    "This is not YAML: " + broken.getMessage(),
                    "Check the text's characters and size");
        }
        return Optional.empty();
    }

    /**
     * An alias is the same node in two places. Aliases can make a small text grow without bound, so none is accepted.
     */
    private static void refuseAliases(Node root, Problems problems) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Node> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Node node = open.removeLast();
            if (!seen.add(node)) {
                problems.add(
                        node,
                        "",
                        "The anchor at this place is used by an alias",
                        "Write the value out where it is used");
                continue;
            }
            switch (node) {
                case MappingNode mapping ->
                    mapping.getValue().forEach(tuple -> open.addAll(List.of(tuple.getKeyNode(), tuple.getValueNode())));
                case SequenceNode sequence -> open.addAll(sequence.getValue());
                default -> {}
            }
        }
    }

    private Workflow workflow(MappingNode root, @Nullable Set<String> nodes, Problems problems) {
        Fields fields = Fields.of(root, "", problems, KEYS);
        fields.require("name", "Add \"name:\" with a short name");
        String name = fields.scalar("name")
                .map(scalar -> named(scalar, "name", problems))
                .orElse("");
        String title =
                fields.scalar("title").map(scalar -> title(scalar, problems)).orElse(name);
        SequencedMap<String, MappingNode> places = stepNodes(fields, problems);
        Targets targets = new Targets(places.keySet(), problems);
        TemplateReader templates = new TemplateReader(expressions, problems, places.keySet());
        SequencedMap<String, Step> steps = steps(places, new StepReader(templates, targets, nodes, problems));
        String first = steps.isEmpty() ? Workflow.END : steps.firstEntry().getKey();
        String start = fields.scalar("start")
                .map(scalar -> targets.check(scalar, "start"))
                .orElse(first);
        Template output = fields.find("output")
                .map(node -> templates.read(node, "output"))
                .orElse(null);
        if (steps.containsKey(start)) {
            new FlowCheck(steps, Map.copyOf(places), problems).run(start, targets.assumed());
        }
        return new Workflow(name, title, start, steps, output);
    }

    private static SequencedMap<String, MappingNode> stepNodes(Fields root, Problems problems) {
        SequencedMap<String, MappingNode> places = new LinkedHashMap<>();
        List<Node> elements = root.sequence("steps", "List at least one step, each with an id and a node");
        if (elements.size() > MOST_STEPS) {
            problems.add(elements.get(MOST_STEPS), "steps", "More than " + MOST_STEPS + " steps", "Split the workflow");
            return places;
        }
        for (int index = 0; index < elements.size(); index++) {
            String path = "steps[" + index + "]";
            Optional<MappingNode> step = root.mapping(elements.get(index), path, "Write a step as id, node and with");
            // Keys are checked when the step is read; only the id is needed here.
            step.map(node -> Fields.of(node, path, new Problems()))
                    .flatMap(fields -> id(fields, path, problems))
                    .ifPresent(id -> {
                        if (places.putIfAbsent(id.getValue(), step.get()) != null) {
                            problems.add(
                                    id,
                                    path + ".id",
                                    "The id " + id.getValue() + " is taken by an earlier step",
                                    "Give each step an id of its own");
                        }
                    });
        }
        return places;
    }

    private static Optional<ScalarNode> id(Fields step, String path, Problems problems) {
        Optional<Node> value = step.find("id");
        if (value.isEmpty()) {
            problems.add(step.node(), path, "The step has no id", "Add \"id:\" with a short name");
            return Optional.empty();
        }
        if (!(value.get() instanceof ScalarNode id)) {
            problems.add(value.get(), path + ".id", "The id is not a text", NAME_RULE);
            return Optional.empty();
        }
        if (id.getValue().equals(Workflow.END)) {
            problems.add(id, path + ".id", "The id end is reserved: it ends a run", "Choose another id");
        } else {
            named(id, path + ".id", problems);
        }
        return Optional.of(id);
    }

    private static SequencedMap<String, Step> steps(SequencedMap<String, MappingNode> places, StepReader reader) {
        SequencedMap<String, Step> steps = new LinkedHashMap<>();
        List<Map.Entry<String, MappingNode>> entries = List.copyOf(places.entrySet());
        for (int index = 0; index < entries.size(); index++) {
            String following =
                    index + 1 < entries.size() ? entries.get(index + 1).getKey() : Workflow.END;
            String id = entries.get(index).getKey();
            steps.put(id, reader.read(entries.get(index).getValue(), id, "steps[" + index + "]", following));
        }
        return steps;
    }

    private static String named(ScalarNode scalar, String path, Problems problems) {
        if (!NAME.matcher(scalar.getValue()).matches()) {
            problems.add(scalar, path, "\"" + scalar.getValue() + "\" is no name", NAME_RULE);
        }
        return scalar.getValue();
    }

    private static String title(ScalarNode scalar, Problems problems) {
        if (scalar.getValue().length() > LONGEST_TITLE) {
            problems.add(scalar, "title", "The title is longer than " + LONGEST_TITLE + " characters", "Shorten it");
        }
        return scalar.getValue();
    }
}
