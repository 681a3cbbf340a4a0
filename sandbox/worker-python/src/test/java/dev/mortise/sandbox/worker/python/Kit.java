package dev.mortise.sandbox.worker.python;

import java.nio.file.Path;
import java.util.Objects;

/** Where the build has put the kit. */
final class Kit {
    private Kit() {}

    static Path folder() {
        return Path.of(Objects.requireNonNull(System.getProperty("mortise.kit"), "mortise.kit"));
    }
}
