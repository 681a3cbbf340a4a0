/** The tenants of a running server, for its operator: {@code mortise tenant list|create|suspend|resume|delete}. */
@NullMarked
package dev.mortise.cli.tenant;

import org.jspecify.annotations.NullMarked;
