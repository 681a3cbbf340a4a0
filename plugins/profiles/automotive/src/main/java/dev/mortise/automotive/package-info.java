/**
 * The service-advisor intake of a car dealership: the plugin, its settings, the profile with its workflow template, and
 * the message that all steps read. The steps live in packages by feature: {@code extract}, {@code intent},
 * {@code route}, {@code reply}, {@code decision}.
 *
 * <pre>{@code
 * kernel.call(NodeType.class, "automotive.classify", node -> node.execute(call));
 * }</pre>
 */
@NullMarked
package dev.mortise.automotive;

import org.jspecify.annotations.NullMarked;
