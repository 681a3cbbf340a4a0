package dev.mortise.kernel.redact;

/**
 * What every way out of the server passes: log lines, problem documents, names and values of metrics and traces. It
 * takes out the values of known secrets, and what looks like one. Personal data stays: an operator needs to know whom a
 * message is about; the audit record, which is kept for years, takes that out too.
 *
 * @since 0.1
 */
public final class Redaction {
    private Redaction() {}

    /** Returns the text without secrets. */
    public static String of(String text) {
        return SecretText.redact(KnownSecrets.redact(text));
    }
}
