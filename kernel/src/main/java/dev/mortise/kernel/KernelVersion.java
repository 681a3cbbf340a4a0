package dev.mortise.kernel;

import java.util.Objects;

/** The version of this server, from its jar's manifest. */
final class KernelVersion {
    private KernelVersion() {}

    static String text() {
        return Objects.requireNonNullElse(KernelVersion.class.getPackage().getImplementationVersion(), "development");
    }
}
