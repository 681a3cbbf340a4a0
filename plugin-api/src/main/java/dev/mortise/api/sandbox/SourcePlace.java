package dev.mortise.api.sandbox;

/**
 * A place in the script as its author wrote it.
 *
 * @param line from 1
 * @param column from 1, in characters; 0 where the language tells lines only
 * @since 0.1
 */
public record SourcePlace(int line, int column) {}
