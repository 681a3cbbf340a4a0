package dev.mortise.api.error;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stable name for one way in which something can fail. Owners implement this with an enum; the codes are part of the
 * owner's public contract and never change their meaning.
 *
 * @since 0.1
 */
@ConsumerType
public interface ErrorCode {
    /** Returns the stable code: the owner's name, then what failed, such as {@code kernel.plugin-unresolved}. */
    String code();

    /** Returns the kind of failure. */
    ErrorCategory category();
}
