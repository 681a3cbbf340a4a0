package dev.mortise.automatrix.definition;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Looks at where steps lead: steps that nothing leads to, and ways that never end. */
final class FlowCheck {
    private final Map<String, Step> steps;
    private final Map<String, Node> places;
    private final Problems problems;

    FlowCheck(Map<String, Step> steps, Map<String, Node> places, Problems problems) {
        this.steps = steps;
        this.places = places;
        this.problems = problems;
    }

    void run(String start, Set<String> assumed) {
        Set<String> roots = new LinkedHashSet<>(assumed);
        roots.add(start);
        Set<String> reached = reach(roots);
        for (String id : steps.keySet()) {
            if (!reached.contains(id)) {
                report(id, "Nothing leads to step " + id, "Remove it, or lead to it by next or goto");
            }
        }
        List<String> circling =
                reached.stream().filter(this::returnsByDecisionsOnly).toList();
        if (!circling.isEmpty()) {
            report(
                    circling.getFirst(),
                    "The decisions " + String.join(", ", circling)
                            + " lead back to one another without any call between",
                    "Nothing changes between two decisions; lead one of them to a step that calls a node, or to end");
        }
        reached.stream()
                .filter(id -> steps.get(id) instanceof Step.Call && !circling.contains(id))
                .filter(id -> !reach(Set.of(id)).contains(Workflow.END))
                .findFirst()
                .ifPresent(id ->
                        report(id, "From step " + id + " no way leads to the end", "Add a decision that leads to end"));
    }

    private void report(String id, String message, String remedy) {
        Node place = places.get(id);
        if (place != null) {
            problems.add(place, "steps." + id, message, remedy);
        }
    }

    private Set<String> reach(Collection<String> roots) {
        return spread(roots, Step::targets);
    }

    private boolean returnsByDecisionsOnly(String id) {
        return steps.get(id) instanceof Step.Decide decide
                && spread(decide.targets(), step -> step instanceof Step.Decide ? step.targets() : List.of())
                        .contains(id);
    }

    private Set<String> spread(Collection<String> roots, Function<Step, List<String>> targets) {
        Set<String> reached = new HashSet<>();
        Set<String> inOrder = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String id = open.removeFirst();
            if (reached.add(id)) {
                inOrder.add(id);
                Step step = steps.get(id);
                if (step != null) {
                    open.addAll(targets.apply(step));
                }
            }
        }
        return inOrder;
    }
}
