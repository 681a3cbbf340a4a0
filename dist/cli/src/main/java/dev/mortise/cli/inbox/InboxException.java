package dev.mortise.cli.inbox;

/**
 * An inbox that cannot be read at all.
 *
 * @since 0.1
 */
public final class InboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    InboxException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    InboxException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** Returns what can be done about it. */
    public String remedy() {
        return remedy;
    }
}
