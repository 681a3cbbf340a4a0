package dev.mortise.automatrix.expression;

/**
 * A step's id inside an expression.
 *
 * @param stepId the id as written
 * @param offset where it is, in characters from 0
 */
public record StepReference(String stepId, int offset) {}
