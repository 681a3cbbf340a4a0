package dev.mortise.automotive.route;

import java.util.List;

/**
 * Who answers and how fast.
 *
 * @param department such as {@code service}
 * @param urgency how fast
 * @param because the phrases of the message that raised the urgency; empty where the wish alone decides
 * @since 0.1
 */
public record Route(String department, Urgency urgency, List<String> because) {
    /** Takes an immutable copy. */
    public Route {
        because = List.copyOf(because);
    }
}
