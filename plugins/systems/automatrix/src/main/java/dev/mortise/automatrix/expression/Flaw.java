package dev.mortise.automatrix.expression;

/**
 * Why an expression cannot be compiled.
 *
 * @param offset where, in characters from 0
 * @param message what is wrong
 */
public record Flaw(int offset, String message) {}
