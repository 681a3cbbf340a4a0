package dev.mortise.automatrix.definition;

import dev.mortise.automatrix.expression.Template;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that was read and checked; immutable.
 *
 * @param name lower case and hyphens
 * @param title for people
 * @param start the id of the first step
 * @param steps in the order of the source; every target in them is one of these ids or {@link #END}
 * @param output what a run returns, or null for the last step's output
 */
public record Workflow(
        String name,
        String title,
        String start,
        SequencedMap<String, Step> steps,
        @Nullable Template output) {
    /** The target that ends a run. */
    public static final String END = "end";

    /** Takes a copy of the steps that keeps their order. */
    public Workflow {
        steps = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(steps));
    }

    /**
     * Returns the step of that id.
     *
     * @throws IllegalArgumentException when there is none, which a checked workflow never asks for
     */
    public Step step(String id) {
        Step step = steps.get(id);
        if (step == null) {
            throw new IllegalArgumentException("Workflow " + name + " has no step " + id);
        }
        return step;
    }
}
