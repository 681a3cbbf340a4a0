package dev.mortise.api.trace;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A piece of work in a trace, while it lasts. What is put after its end is ignored. For any thread.
 *
 * @since 0.1
 */
@ProviderType
public interface Span {
    /** Adds an attribute, in place of a former one with this name; long text is cut. */
    Span put(String name, String value);

    /** Adds an attribute, in place of a former one with this name. */
    Span put(String name, long value);

    /** Adds an attribute, in place of a former one with this name. */
    Span put(String name, double value);

    /** Adds an attribute, in place of a former one with this name. */
    Span put(String name, boolean value);

    /** Adds a list, in place of a former attribute with this name. */
    Span put(String name, List<String> values);

    /** Notes that something happened now, such as a retry. */
    Span event(String name);

    /** Marks the work as failed, for failures that are no exceptions. */
    Span failed(String reason);
}
