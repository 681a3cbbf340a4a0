package dev.mortise.kernel.migration;

import dev.mortise.kernel.migration.MigrationFinding.Rule;
import java.util.List;

/** Where the findings about one file go. */
record Report(String file, Markers markers, List<MigrationFinding> findings) {
    void add(int line, Rule rule, String message, String remedy) {
        findings.add(new MigrationFinding(file, line, rule, message, remedy));
    }

    /** Something is taken away, which only a file may do that says it is safe. */
    void takesAway(int line, String what) {
        if (!markers.isContract()) {
            add(
                    line,
                    Rule.CONTRACT,
                    what + ", which the version before may still use",
                    "Take it away one version after the last that uses it, in a file that begins with"
                            + " -- contract: safe since <version>");
        }
    }
}
