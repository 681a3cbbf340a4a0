package dev.mortise.automatrix.definition;

import dev.mortise.api.error.MortiseException;
import dev.mortise.automatrix.AutomatrixError;
import java.util.List;
import java.util.stream.Collectors;

/** A workflow's source has problems. */
public final class DefinitionException extends MortiseException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    DefinitionException(List<Problem> problems) {
        super(
                AutomatrixError.DEFINITION_INVALID,
                "The workflow has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n"
                        + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
                "Mend " + (problems.size() == 1 ? "it" : "them") + " and publish again");
        this.problems = List.copyOf(problems);
    }

    /** Returns all problems, in order of place. */
    public List<Problem> problems() {
        return problems;
    }
}
