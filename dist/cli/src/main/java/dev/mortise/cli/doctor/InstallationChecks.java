package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.optimize.AotCaches;
import dev.mortise.cli.server.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The unpacked distribution: its plugins and its start-up caches. */
record InstallationChecks(Distribution distribution, Path catalogue) {
    Finding plugins() {
        try (Stream<Path> files = Files.list(catalogue)) {
            long jars = files.filter(file -> file.toString().endsWith(".jar")).count();
            return jars == 0
                    ? Finding.warn(
                            "catalogue", "no plugins in " + catalogue, "Check the key catalogue of the configuration")
                    : Finding.ok("catalogue", jars + " plugins in " + catalogue);
        } catch (IOException missing) {
            return Finding.fail(
                    "catalogue",
                    catalogue + " cannot be read",
                    "Check the key catalogue of the configuration, or unpack the distribution again",
                    ExitCode.CONFIGURATION);
        }
    }

    Finding startUpCaches() {
        return switch (new AotCaches(distribution).state()) {
            case FRESH -> Finding.ok("start-up", "caches for this JDK and this version are in use");
            case MISSING -> Finding.warn("start-up", "no caches yet, so starts take longer", "Run: mortise optimize");
            case STALE ->
                Finding.warn(
                        "start-up",
                        "the caches are for another JDK or version and are not used",
                        "Run: mortise optimize");
        };
    }
}
