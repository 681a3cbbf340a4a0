package dev.mortise.automatrix.definition;

import dev.mortise.automatrix.expression.Expression;
import dev.mortise.automatrix.expression.Template;
import java.util.ArrayList;
import java.util.List;

/** One step of a workflow. */
public sealed interface Step {
    /** Returns the id, unique in the workflow. */
    String id();

    /** Returns the ids of the steps that may follow; {@link Workflow#END} among them when the run may end here. */
    List<String> targets();

    /**
     * Calls a node.
     *
     * @param id the step's id
     * @param node the node type's name
     * @param with the node's input, an object
     * @param retry what to do after a transient failure
     * @param next the step that follows
     */
    record Call(String id, String node, Template with, Retry retry, String next) implements Step {
        @Override
        public List<String> targets() {
            return List.of(next);
        }
    }

    /**
     * Chooses the next step.
     *
     * @param id the step's id
     * @param cases in order; the first whose condition is true is taken
     * @param otherwise the step that follows when no condition is true
     */
    record Decide(String id, List<Case> cases, String otherwise) implements Step {
        /** Takes an immutable copy of the cases. */
        public Decide {
            cases = List.copyOf(cases);
        }

        @Override
        public List<String> targets() {
            List<String> targets = new ArrayList<>();
            cases.forEach(one -> targets.add(one.target()));
            targets.add(otherwise);
            return targets;
        }
    }

    /**
     * One way out of a decision.
     *
     * @param condition gives true or false
     * @param target the step that follows
     */
    record Case(Expression condition, String target) {}
}
