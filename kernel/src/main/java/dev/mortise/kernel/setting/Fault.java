package dev.mortise.kernel.setting;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;

/**
 * Something that is wrong with a value.
 *
 * @param path where the value stands among the settings, as a JSON pointer (RFC 6901); empty for all of them
 * @param rule which keyword of the schema is broken
 * @param message what is wrong; never the value itself, which may be a secret
 */
record Fault(String path, String rule, String message) {
    private static final int MOST_TOLD = 10;

    /** Returns the outermost property that the value belongs to; empty for all of them. */
    String property() {
        String name = JsonPointer.compile(path).getMatchingProperty();
        return name == null ? "" : name;
    }

    /** Returns the first faults in one line. */
    static String line(List<Fault> faults) {
        String told = faults.stream().limit(MOST_TOLD).map(Fault::toString).collect(Collectors.joining("; "));
        return faults.size() <= MOST_TOLD ? told : told + "; and " + (faults.size() - MOST_TOLD) + " more";
    }

    @Override
    public String toString() {
        return (path.isEmpty() ? "/" : path) + ": " + message;
    }
}
