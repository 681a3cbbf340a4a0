package dev.mortise.kernel.live;

/** Why the server ends a connection; the codes are those of RFC 6455, section 7.4.1, and its registry. */
enum Ending {
    /** The client went. */
    GONE(1000, "closed"),
    /** The server stops; the client connects to another node and resumes. */
    STOPPING(1001, "the server is stopping"),
    /** What the client presented is expired or revoked. */
    UNAUTHENTICATED(1008, "the credentials are expired or revoked"),
    /** The client does not take its messages; it comes back and resumes. */
    SLOW(1013, "the client is too slow");

    private final int code;
    private final String reason;

    Ending(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
