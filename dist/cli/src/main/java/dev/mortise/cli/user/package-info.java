/**
 * Commands about the people of a tenant.
 *
 * <pre>{@code
 * mortise user list
 * mortise user invite ann@example.org --role developer
 * mortise user disable ann@example.org
 * }</pre>
 */
@NullMarked
package dev.mortise.cli.user;

import org.jspecify.annotations.NullMarked;
