package dev.mortise.automatrix.expression;

import java.util.List;
import java.util.stream.Collectors;

/** An expression cannot be compiled. */
public final class FlawedExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Flaw> flaws;

    FlawedExpressionException(List<Flaw> flaws) {
        super(flaws.stream().map(Flaw::message).collect(Collectors.joining("; ")));
        this.flaws = List.copyOf(flaws);
    }

    /** Returns all that is wrong, in order of place; at least one. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
