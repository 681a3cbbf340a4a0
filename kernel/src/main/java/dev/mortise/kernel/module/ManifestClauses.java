package dev.mortise.kernel.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a manifest header of OSGi's common syntax (OSGi Core 8, section 3.2.3): clauses separated by commas, each a
 * name with attributes and directives separated by semicolons, values possibly in quotes.
 */
record ManifestClauses(List<Clause> clauses) {
    private static final Pattern VERSION = Pattern.compile(";\\s*version\\s*=\\s*\"?([^\";,]+)\"?");

    /** One clause: the package's name and its version, if it has one. */
    record Clause(String name, Optional<String> version) {}

    static ManifestClauses parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i <= header.length(); i++) {
            boolean atEnd = i == header.length();
            if (!atEnd && header.charAt(i) == '"') {
                quoted = !quoted;
            }
            if (atEnd || (header.charAt(i) == ',' && !quoted)) {
                clause(header.substring(start, i)).ifPresent(clauses::add);
                start = i + 1;
            }
        }
        return new ManifestClauses(List.copyOf(clauses));
    }

    private static Optional<Clause> clause(String text) {
        int end = text.indexOf(';');
        String name = (end < 0 ? text : text.substring(0, end)).strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(text);
        return Optional.of(new Clause(name, version.find() ? Optional.of(version.group(1)) : Optional.empty()));
    }
}
