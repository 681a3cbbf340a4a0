/**
 * Takes out of free text what must not be kept: secrets, and what identifies a person. It works by shape, so it is the
 * second net: code that knows a value to be secret does not write it down in the first place.
 *
 * <pre>{@code
 * PersonalData.redact("Call me at +49 89 1234567") // "Call me at [phone]"
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.redact;

import org.jspecify.annotations.NullMarked;
