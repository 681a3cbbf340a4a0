package dev.mortise.cli.server;

import dev.mortise.cli.ExitCode;
import dev.mortise.cli.problem.CliException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that the distribution was unpacked to.
 *
 * @param home the folder with {@code bin}, {@code lib}, {@code conf}, {@code catalogue}, {@code repository} and
 *     {@code samples}
 * @since 0.1
 */
public record Distribution(Path home) {
    /** The system property by which the launcher tells its folder. */
    public static final String HOME_PROPERTY = "mortise.home";

    /**
     * Returns the distribution that this process was started from.
     *
     * @throws CliException when the process was not started by {@code bin/mortise}
     */
    public static Distribution current() {
        return find().orElseThrow(() -> new CliException(
                ExitCode.FAILURE,
                "cli.no-distribution",
                "This process was not started by bin/mortise",
                "Start the command through bin/mortise of an unpacked distribution"));
    }

    /** Returns the distribution that this process was started from, or nothing in a test or an IDE. */
    public static Optional<Distribution> find() {
        return Optional.ofNullable(System.getProperty(HOME_PROPERTY))
                .map(Path::of)
                .map(Distribution::new);
    }

    /** Returns the launcher. */
    public Path launcher() {
        return home.resolve("bin").resolve("mortise");
    }

    /** Returns the default configuration. */
    public Path configuration() {
        return home.resolve("conf").resolve("mortise.yaml");
    }

    /** Returns the folder with the plugins that came along. */
    public Path catalogue() {
        return home.resolve("catalogue");
    }

    /** Returns the Maven repository with what a plugin is built against. */
    public Path repository() {
        return home.resolve("repository");
    }

    /** Returns the folder with the sample data. */
    public Path samples() {
        return home.resolve("samples");
    }

    /** Returns the folder with the caches that {@code mortise optimize} makes. */
    public Path aotCaches() {
        return home.resolve("lib").resolve("aot");
    }
}
