package dev.mortise.automatrix.expression;

import java.util.List;

/** Compiles expressions. One instance serves the whole plugin. */
public final class Expressions {
    private static final int LONGEST = 10_000;

    private final CelEnvironment cel = new CelEnvironment();

    /**
     * Compiles an expression.
     *
     * @throws FlawedExpressionException with every place that is wrong
     */
    public Expression compile(String source) throws FlawedExpressionException {
        if (source.isBlank()) {
            throw new FlawedExpressionException(List.of(new Flaw(0, "the expression is empty")));
        }
        if (source.length() > LONGEST) {
            throw new FlawedExpressionException(
                    List.of(new Flaw(LONGEST, "the expression is longer than " + LONGEST + " characters")));
        }
        var path = PathExpression.parse(source);
        return path.isPresent() ? path.get() : cel.compile(source);
    }
}
