package dev.mortise.automatrix.definition;

import java.util.HashSet;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The steps that a step may lead to. */
final class Targets {
    private final Set<String> stepIds;
    private final Problems problems;
    private final Set<String> assumed = new HashSet<>();

    Targets(Set<String> stepIds, Problems problems) {
        this.stepIds = stepIds;
        this.problems = problems;
    }

    /** Returns the target, or the end after reporting that there is no such step. */
    String check(ScalarNode scalar, String path) {
        String target = scalar.getValue();
        if (target.equals(Workflow.END) || stepIds.contains(target)) {
            return target;
        }
        problems.add(
                scalar,
                path,
                "There is no step " + target,
                Suggestion.remedy(
                        target, stepIds, "Steps: " + String.join(", ", stepIds) + "; or write end to end the run"));
        return Workflow.END;
    }

    void assumeReached(String target) {
        assumed.add(target);
    }

    /** Returns the steps that count as reached, because the case that leads to them has another problem. */
    Set<String> assumed() {
        return assumed;
    }
}
