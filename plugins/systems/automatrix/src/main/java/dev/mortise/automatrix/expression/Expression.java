package dev.mortise.automatrix.expression;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A compiled expression; immutable and safe for use by many threads. */
public sealed interface Expression permits PathExpression, CelExpression {
    /** Returns the text that was compiled. */
    String source();

    /** Returns the steps whose outputs the expression names directly, for checks before any run. */
    List<StepReference> stepReferences();

    /**
     * Evaluates the expression.
     *
     * @throws EvaluationException when a value is missing or of the wrong type
     */
    JsonNode evaluate(Scope scope);
}
