/**
 * What can go wrong, as types: every failure that leaves a plugin or the kernel is a
 * {@link dev.mortise.api.error.MortiseException} with a stable code from its owner's enum, a message that says what and
 * where, and a remedy. The code's category decides the HTTP status and whether a caller may try again. Nothing but
 * failures lives here.
 *
 * <pre>{@code
 * enum IntakeError implements ErrorCode {
 *     TEXT_TOO_LONG(ErrorCategory.TOO_LARGE);
 *     ...
 * }
 * throw new MortiseException(IntakeError.TEXT_TOO_LONG,
 *         "The message has 2,000,000 characters; 1,000,000 are allowed", "Shorten the message or attach it as a file");
 * }</pre>
 *
 * @since 0.1
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
