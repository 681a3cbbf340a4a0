package dev.mortise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The version that this build carries, written into a resource by Maven.
 *
 * @since 0.1
 */
public final class Version implements IVersionProvider {
    /** Returns the version, such as {@code 0.1.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(resource, "version.properties is part of this jar"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "mortise " + current(),
            "Java " + System.getProperty("java.vm.version") + " in " + System.getProperty("java.home")
        };
    }
}
