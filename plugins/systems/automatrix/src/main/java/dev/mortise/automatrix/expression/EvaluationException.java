package dev.mortise.automatrix.expression;

import org.jspecify.annotations.Nullable;

/** An expression cannot be evaluated on the values of this run. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expression;
    private final int offset;
    private final String reason;
    private final String field;

    EvaluationException(String expression, int offset, String reason, @Nullable Throwable cause) {
        this(expression, offset, reason, "", cause);
    }

    private EvaluationException(String expression, int offset, String reason, String field, @Nullable Throwable cause) {
        super("Expression " + expression + ", character " + (offset + 1) + ": " + reason, cause);
        this.expression = expression;
        this.offset = offset;
        this.reason = reason;
        this.field = field;
    }

    /** Returns the same failure, met while filling a field within the former one. */
    EvaluationException within(String outer) {
        String path = field.isEmpty() || field.startsWith("[") ? outer + field : outer + "." + field;
        return new EvaluationException(expression, offset, reason, path, this);
    }

    /** Returns the path of the field that was being filled, such as {@code facts.items[2]}; empty at the top. */
    public String field() {
        return field;
    }

    /** Returns the place in the expression, in characters from 0. */
    public int offset() {
        return offset;
    }
}
