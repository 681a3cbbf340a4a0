package dev.mortise.cli.doctor;

import dev.mortise.api.error.MortiseException;
import dev.mortise.cli.ExitCode;
import dev.mortise.kernel.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The database: an external one must answer, the embedded one must be able to run on this machine. */
final class DatabaseChecks {
    private static final int OLDEST = 18;
    private static final String LIMIT_SECONDS = "5";

    private final String url;

    /** Takes the database's URL, empty for the embedded one. */
    DatabaseChecks(String url) {
        this.url = url;
    }

    Finding look() {
        return url.isBlank() ? embedded() : external();
    }

    private Finding embedded() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        boolean packaged = system.equals("linux") && List.of("amd64", "aarch64").contains(processor);
        if (!packaged) {
            return Finding.fail(
                    "database",
                    "no embedded PostgreSQL is packaged for " + system + " on " + processor,
                    "Name a PostgreSQL 18 with MORTISE_DATABASE_URL",
                    ExitCode.DATABASE);
        }
        if (!Files.exists(
                Path.of(processor.equals("amd64") ? "/lib64/ld-linux-x86-64.so.2" : "/lib/ld-linux-aarch64.so.1"))) {
            return Finding.fail(
                    "database",
                    "the embedded PostgreSQL needs the GNU C library, which this system does not have",
                    "Use a system with glibc, or name a PostgreSQL 18 with MORTISE_DATABASE_URL",
                    ExitCode.DATABASE);
        }
        return System.getProperty("user.name").equals("root")
                ? asRoot()
                : Finding.ok("database", "embedded PostgreSQL 18, as the user " + System.getProperty("user.name"));
    }

    /** PostgreSQL refuses to run as root; the server gives it another user, one way or the other. */
    private static Finding asRoot() {
        if (succeeds("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true")) {
            return Finding.ok("database", "embedded PostgreSQL 18, as another user because we are root");
        }
        if (succeeds("unshare", "--user", "true")) {
            return Finding.ok("database", "embedded PostgreSQL 18, in a user namespace because we are root");
        }
        return Finding.fail(
                "database",
                "the embedded PostgreSQL does not run as root, and neither unshare nor setpriv works here",
                "Start Mortise as another user, or name a PostgreSQL 18 with MORTISE_DATABASE_URL",
                ExitCode.DATABASE);
    }

    private Finding external() {
        try {
            DatabaseAddress address = DatabaseAddress.parse(url);
            return ask(address);
        } catch (MortiseException malformed) {
            return Finding.fail(
                    "database", String.valueOf(malformed.getMessage()), malformed.remedy(), ExitCode.CONFIGURATION);
        }
    }

    private static Finding ask(DatabaseAddress address) {
        Properties properties = new Properties();
        properties.setProperty("user", address.ownerUser());
        properties.setProperty("password", address.ownerPassword());
        properties.setProperty("connectTimeout", LIMIT_SECONDS);
        properties.setProperty("socketTimeout", LIMIT_SECONDS);
        properties.setProperty("ApplicationName", "mortise doctor");
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            return connection.getMetaData().getDatabaseMajorVersion() < OLDEST
                    ? Finding.fail(
                            "database",
                            "PostgreSQL " + version + " is too old",
                            "Use PostgreSQL " + OLDEST + " or newer",
                            ExitCode.DATABASE)
                    : Finding.ok("database", "PostgreSQL " + version + " answers");
        } catch (SQLException refused) {
            return Finding.fail(
                    "database",
                    address + " cannot be reached: " + refused.getMessage(),
                    "Check MORTISE_DATABASE_URL, the network and the password",
                    ExitCode.DATABASE);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
