package dev.mortise.api.sandbox;

/**
 * What a script is written in, and by what it is run.
 *
 * @since 0.1
 */
public enum Language {
    /** JavaScript (ECMAScript), by GraalJS. */
    JAVASCRIPT("javascript"),
    /** Python, by GraalPy. */
    PYTHON("python"),
    /** Python, by the system's interpreter, where there is one. */
    PYTHON_NATIVE("python-native"),
    /** A shell script, by the system's {@code sh}, where there is one. */
    SHELL("shell");

    private final String id;

    Language(String id) {
        this.id = id;
    }

    /** Returns the name in settings, manifests and on the wire. */
    public String id() {
        return id;
    }
}
