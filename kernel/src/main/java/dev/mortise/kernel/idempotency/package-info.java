/**
 * Requests that may be sent twice and are done once: the header {@code Idempotency-Key} on POST and PATCH (draft
 * ietf-httpapi-idempotency-key-header-07), kept in PostgreSQL for each tenant and principal, so that it holds across
 * nodes and restarts. Nothing else that repeats lives here: jobs and events have ways of their own.
 *
 * <pre>{@code
 * Passage keys = IdempotentRequests.passage(database.kernel(), endpoints);
 * }</pre>
 */
@NullMarked
package dev.mortise.kernel.idempotency;

import org.jspecify.annotations.NullMarked;
