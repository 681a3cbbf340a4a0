package dev.mortise.cli.doctor;

import dev.mortise.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The database: an external one must answer, the embedded one must be able to run on this machine. */
final class DatabaseChecks {
    private static final int OLDEST = 180000;
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
        if (succeeds("unshare", "--user", "true")) {
            return Finding.ok("database", "embedded PostgreSQL 18, in a user namespace because we are root");
        }
        if (succeeds("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true")) {
            return Finding.ok("database", "embedded PostgreSQL 18, as another user because we are root");
        }
        return Finding.fail(
                "database",
                "the embedded PostgreSQL does not run as root, and neither unshare nor setpriv works here",
                "Start Mortise as another user, or name a PostgreSQL 18 with MORTISE_DATABASE_URL",
                ExitCode.DATABASE);
    }

    private Finding external() {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", LIMIT_SECONDS);
        properties.setProperty("socketTimeout", LIMIT_SECONDS);
        properties.setProperty("ApplicationName", "mortise doctor");
        try (Connection connection = DriverManager.getConnection(JdbcUrl.of(url, properties), properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('server_version_num')::int, current_setting('server_version')")) {
            row.next();
            return row.getInt(1) < OLDEST
                    ? Finding.fail(
                            "database",
                            "PostgreSQL " + row.getString(2) + " is too old",
                            "Use PostgreSQL 18 or newer",
                            ExitCode.DATABASE)
                    : Finding.ok("database", "PostgreSQL " + row.getString(2) + " answers");
        } catch (SQLException | IllegalArgumentException refused) {
            return Finding.fail(
                    "database",
                    "cannot be reached: " + refused.getMessage(),
                    "Check MORTISE_DATABASE_URL (postgresql://user:password@host:5432/database), the network and the password",
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
