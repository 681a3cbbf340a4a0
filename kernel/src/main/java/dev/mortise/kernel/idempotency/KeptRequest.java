package dev.mortise.kernel.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a key.
 *
 * @param state {@code RUNNING}, {@code DONE} or {@code DONE_UNKEPT}
 * @param isLeased whether the attempt still runs, as far as its lease says
 * @param status of the answer, with the next two, when it is kept
 */
@SuppressWarnings("ArrayRecordComponent") // Read, never compared.
record KeptRequest(
        byte[] fingerprint,
        String state,
        boolean isLeased,
        @Nullable Integer status,
        @Nullable String headers,
        byte @Nullable [] body) {}
