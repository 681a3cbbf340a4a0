/**
 * Who answers and how fast: the department of the wish, and an urgency from the wish and the words of danger, deadline
 * and anger in {@code routing.yaml}. Rules only, so that every route can be explained.
 *
 * <pre>{@code
 * Route route = router.route(classification.intent(), message.text());
 * }</pre>
 */
@NullMarked
package dev.mortise.automotive.route;

import org.jspecify.annotations.NullMarked;
