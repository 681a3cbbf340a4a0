package dev.mortise.kernel.postgres;

import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** The main class of a JVM that starts a server and holds it until it is killed; says how it went in a file. */
final class ServerHolder {
    private ServerHolder() {}

    /** Takes the data folder and the file to write to. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path report = Path.of(arguments[1]);
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
            write(report, "pid " + postgres.pid());
        } catch (MortiseException e) {
            write(report, e.describe());
            return;
        }
        new CountDownLatch(1).await();
    }

    private static void write(Path file, String text) throws IOException {
        Path scratch = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(scratch, text);
        Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
