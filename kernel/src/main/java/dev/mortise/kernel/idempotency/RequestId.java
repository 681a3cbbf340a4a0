package dev.mortise.kernel.idempotency;

/**
 * Which request: the key is the principal's own.
 *
 * @param principal who sent it
 * @param key the header's value without quotation marks
 */
record RequestId(String principal, String key) {}
