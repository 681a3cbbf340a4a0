package dev.mortise.kernel.idempotency;

/**
 * An answer as it is kept.
 *
 * @param headers a JSON object of the headers that are kept
 */
@SuppressWarnings("ArrayRecordComponent") // Written and read, never compared.
record KeptAnswer(int status, String headers, byte[] body) {}
