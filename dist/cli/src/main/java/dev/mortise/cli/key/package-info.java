/**
 * Commands about API keys.
 *
 * <pre>{@code
 * mortise key create ci --permission automatrix.runs.write --expires-days 90
 * mortise key list
 * mortise key rotate PREFIX --grace-seconds 3600
 * mortise key revoke PREFIX
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.key;

import org.jspecify.annotations.NullMarked;
