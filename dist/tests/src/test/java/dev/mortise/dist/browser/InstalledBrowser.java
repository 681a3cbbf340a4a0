package dev.mortise.dist.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Chromium and its driver as the machine has them. Where they are missing, and the tests run as root on Debian as they
 * do in a container, they are installed; nothing is ever downloaded by the driver itself.
 *
 * @param browser the program
 * @param driver the program that drives it
 */
record InstalledBrowser(Path browser, Path driver) {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> PACKAGES = List.of("chromium", "chromium-driver");
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    /** Returns the browser, or nothing where there is none and none can be installed. */
    static Optional<InstalledBrowser> find() {
        return present().or(() -> install() ? present() : Optional.empty());
    }

    private static Optional<InstalledBrowser> present() {
        Optional<Path> driver = program("chromedriver");
        return BROWSERS.stream()
                .flatMap(name -> program(name).stream())
                .findFirst()
                .flatMap(browser -> driver.map(found -> new InstalledBrowser(browser, found)));
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean install() {
        if (!System.getProperty("user.name", "").equals("root")
                || program("apt-get").isEmpty()) {
            return false;
        }
        List<String> install = new ArrayList<>(
                List.of("apt-get", "install", "-y", "-q", "--no-install-recommends", "fonts-liberation"));
        install.addAll(PACKAGES);
        return run(install) || (run(List.of("apt-get", "update", "-q")) && run(install));
    }

    private static boolean run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            if (!process.waitFor(INSTALL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
