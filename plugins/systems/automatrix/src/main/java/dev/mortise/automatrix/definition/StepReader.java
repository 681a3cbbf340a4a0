package dev.mortise.automatrix.definition;

import dev.mortise.automatrix.expression.Expression;
import dev.mortise.automatrix.expression.Template;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one step. Returns a step for whatever it could make out, so that the checks after it find more problems. */
final class StepReader {
    private static final List<String> KEYS = List.of("id", "node", "with", "next", "retry", "decide");
    private static final List<String> DECIDE_KEYS = List.of("id", "decide");
    private static final List<String> RETRY_KEYS = List.of("attempts", "backoff", "max");
    private static final Duration LONGEST_PAUSE = Duration.ofDays(7);
    private static final int MOST_ATTEMPTS = 100;

    private final TemplateReader templates;
    private final Targets targets;
    private final @Nullable Set<String> nodes;
    private final Problems problems;

    StepReader(TemplateReader templates, Targets targets, @Nullable Set<String> nodes, Problems problems) {
        this.templates = templates;
        this.targets = targets;
        this.nodes = nodes;
        this.problems = problems;
    }

    /**
     * Reads a step.
     *
     * @param id the step's id, read before
     * @param following the id of the next step in the list, or {@link Workflow#END}
     */
    Step read(MappingNode node, String id, String path, String following) {
        Fields fields = Fields.of(node, path, problems, KEYS);
        if (fields.has("decide")) {
            fields.all().forEach((key, value) -> {
                if (KEYS.contains(key) && !DECIDE_KEYS.contains(key)) {
                    problems.add(
                            value,
                            fields.pathOf(key),
                            "A step with decide has no " + key,
                            "Remove " + key + ", or make two steps");
                }
            });
            return decide(fields, id);
        }
        return call(fields, id, following);
    }

    private Step call(Fields fields, String id, String following) {
        fields.require("node", "Name the node to call, or decide where to go");
        String nodeName = fields.scalar("node")
                .map(scalar -> known(scalar, fields.pathOf("node")))
                .orElse("");
        Template with = fields.find("with")
                .flatMap(value ->
                        fields.mapping(value, fields.pathOf("with"), "Write the node's input as keys with values"))
                .map(value -> templates.read(value, fields.pathOf("with")))
                .orElseGet(() -> new Template.Fields(Map.of()));
        Retry retry = fields.find("retry")
                .flatMap(value -> fields.mapping(value, fields.pathOf("retry"), "Write attempts, backoff and max"))
                .map(value -> retry(Fields.of(value, fields.pathOf("retry"), problems, RETRY_KEYS)))
                .orElse(Retry.DEFAULT);
        String next = fields.scalar("next")
                .map(scalar -> targets.check(scalar, fields.pathOf("next")))
                .orElse(following);
        return new Step.Call(id, nodeName, with, retry, next);
    }

    private String known(ScalarNode scalar, String path) {
        String name = scalar.getValue();
        if (nodes != null && !nodes.contains(name)) {
            problems.add(
                    scalar,
                    path,
                    "No running plugin offers the node " + name,
                    Suggestion.remedy(name, nodes, "Install the plugin that offers it"));
        }
        return name;
    }

    private Step decide(Fields fields, String id) {
        List<Step.Case> cases = new ArrayList<>();
        String otherwise = null;
        String path = fields.pathOf("decide");
        List<Node> elements = fields.sequence("decide", "List cases with when and goto, and else as the last");
        for (int index = 0; index < elements.size(); index++) {
            String place = path + "[" + index + "]";
            Optional<MappingNode> one = fields.mapping(elements.get(index), place, "Write when and goto, or else");
            if (one.isEmpty()) {
                continue;
            }
            if (otherwise != null) {
                problems.add(one.get(), place, "A case after else is never taken", "Move else to the end of the list");
            }
            Fields branch = Fields.of(one.get(), place, problems, List.of("when", "goto", "else"));
            if (branch.has("else")) {
                otherwise = otherwise(branch);
            } else {
                branch(branch).ifPresent(cases::add);
            }
        }
        if (otherwise == null && !elements.isEmpty()) {
            problems.add(elements.getLast(), path, "The decision has no else", "Add \"- else: STEP\" as the last case");
        }
        return new Step.Decide(id, cases, otherwise == null ? Workflow.END : otherwise);
    }

    private String otherwise(Fields branch) {
        if (branch.has("when") || branch.has("goto")) {
            problems.add(branch.node(), branch.pathOf("else"), "else stands alone in its case", "Make two cases of it");
        }
        return branch.scalar("else")
                .map(scalar -> targets.check(scalar, branch.pathOf("else")))
                .orElse(Workflow.END);
    }

    private Optional<Step.Case> branch(Fields branch) {
        branch.require("when", "Say when this case is taken, as an expression");
        branch.require("goto", "Name the step to go to");
        Optional<Expression> condition =
                branch.scalar("when").flatMap(scalar -> templates.expression(scalar, branch.pathOf("when")));
        Optional<String> target = branch.scalar("goto").map(scalar -> targets.check(scalar, branch.pathOf("goto")));
        // A case whose condition is wrong still leads somewhere: its target counts as reached.
        target.filter(ignored -> condition.isEmpty()).ifPresent(targets::assumeReached);
        return condition.flatMap(expression -> target.map(to -> new Step.Case(expression, to)));
    }

    private Retry retry(Fields fields) {
        int attempts = fields.scalar("attempts")
                .map(scalar -> attempts(scalar, fields.pathOf("attempts")))
                .orElse(Retry.DEFAULT.attempts());
        Duration backoff = fields.scalar("backoff")
                .map(scalar -> duration(scalar, fields.pathOf("backoff")))
                .orElse(Retry.DEFAULT.backoff());
        Duration max = fields.scalar("max")
                .map(scalar -> duration(scalar, fields.pathOf("max")))
                .orElse(Retry.DEFAULT.max().compareTo(backoff) < 0 ? backoff : Retry.DEFAULT.max());
        if (max.compareTo(backoff) < 0) {
            problems.add(
                    fields.node(), fields.pathOf("max"), "max is shorter than backoff", "Make max at least " + backoff);
        }
        return new Retry(attempts, backoff, max);
    }

    private int attempts(ScalarNode scalar, String path) {
        if (scalar.getValue().matches("\\d{1,3}")) {
            int attempts = Integer.parseInt(scalar.getValue());
            if (attempts >= 1 && attempts <= MOST_ATTEMPTS) {
                return attempts;
            }
        }
        problems.add(
                scalar,
                path,
                scalar.getValue() + " is no number of attempts",
                "Write a whole number from 1 to " + MOST_ATTEMPTS);
        return 1;
    }

    private Duration duration(ScalarNode scalar, String path) {
        try {
            Duration duration = Duration.parse(scalar.getValue());
            if (!duration.isNegative() && duration.compareTo(LONGEST_PAUSE) <= 0) {
                return duration;
            }
            problems.add(scalar, path, scalar.getValue() + " is out of range", "Write a time from PT0S to P7D");
        } catch (DateTimeParseException unreadable) {
            problems.add(
                    scalar,
                    path,
                    scalar.getValue() + " is no duration",
                    "Write it as ISO 8601 does, such as PT0.2S or PT5M");
        }
        return Duration.ZERO;
    }
}
