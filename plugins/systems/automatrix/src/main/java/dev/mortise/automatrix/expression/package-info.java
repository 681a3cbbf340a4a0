/**
 * Expressions in workflows: texts such as <code>${input.text}</code> and conditions such as
 * {@code steps.classify.confidence > 0.8}. The language is CEL (Common Expression Language, cel.dev), which has no side
 * effects and always ends. An expression is compiled once per workflow version. Most are plain paths like
 * {@code steps.extract.vin}; those are followed directly on the JSON, so that CEL, which costs a second and 60 MB on
 * its first use, is loaded only for workflows that calculate or compare. Nothing here knows of steps, runs or the
 * database.
 *
 * <pre>{@code
 * Expression confident = new Expressions().compile("steps.classify.confidence > 0.8");
 * JsonNode answer = confident.evaluate(scope);
 * }</pre>
 */
@NullMarked
package dev.mortise.automatrix.expression;

import org.jspecify.annotations.NullMarked;
