package dev.mortise.api.error;

/**
 * What kind of failure an {@link ErrorCode} stands for. The category alone decides the HTTP status and whether the same
 * call may succeed later.
 *
 * @since 0.1
 */
public enum ErrorCategory {
    /** The caller sent something that cannot be understood or is not allowed as a value. */
    INVALID(400),
    /** The caller did not say who it is, or that could not be verified. */
    UNAUTHENTICATED(401),
    /** The caller is known and may not do this. */
    FORBIDDEN(403),
    /** What the call names does not exist, or is not visible to the caller. */
    NOT_FOUND(404),
    /** The call does not fit the present state; a fresh look at the state may help. */
    CONFLICT(409),
    /** What is to be changed is not what the caller has read before. */
    STALE(412),
    /** The caller sent more than is accepted. */
    TOO_LARGE(413),
    /** The input is well-formed and was refused for what it says, such as a plugin that cannot be loaded. */
    REFUSED(422),
    /** The call must name the version that it is based on. */
    PRECONDITION_REQUIRED(428),
    /** A rate or quota is used up; trying again later may help. */
    LIMITED(429),
    /** A fault of ours. */
    INTERNAL(500),
    /** Something that is needed is not there at the moment; trying again may help. */
    UNAVAILABLE(503),
    /** Something that is needed did not answer in time; trying again may help. */
    TIMEOUT(504);

    private final int httpStatus;

    ErrorCategory(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** Returns the HTTP status (RFC 9110) that reports this kind of failure. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Returns whether the same call, made again later, may succeed without any change by the caller. */
    public boolean isTransient() {
        return this == LIMITED || this == UNAVAILABLE || this == TIMEOUT;
    }
}
