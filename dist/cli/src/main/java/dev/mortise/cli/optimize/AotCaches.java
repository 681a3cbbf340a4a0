package dev.mortise.cli.optimize;

import dev.mortise.cli.server.Distribution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The caches of one distribution, and what they were made for. The launcher reads the same files and compares the same
 * bytes: the JDK's {@code release} file followed by {@code sbom.json}, which lists the checksums of all jars.
 *
 * @since 0.1
 */
public final class AotCaches {
    /** Whether the launcher will use the caches. */
    public enum State {
        /** They fit this JDK and these jars. */
        FRESH,
        /** They were made for something else. */
        STALE,
        /** There are none. */
        MISSING
    }

    private final Distribution distribution;

    /** Looks at the caches of this distribution. */
    public AotCaches(Distribution distribution) {
        this.distribution = distribution;
    }

    /** Returns whether the launcher will use the caches. */
    public State state() {
        if (!Files.isRegularFile(server()) || !Files.isRegularFile(client())) {
            return State.MISSING;
        }
        try {
            return Arrays.equals(Files.readAllBytes(madeFor()), present()) ? State.FRESH : State.STALE;
        } catch (IOException unreadable) {
            return State.STALE;
        }
    }

    /** Returns the server's cache. */
    Path server() {
        return folder().resolve("serve.aot");
    }

    /** Returns the cache of the client commands. */
    Path client() {
        return folder().resolve("client.aot");
    }

    /** Returns the folder of all of them. */
    Path folder() {
        return distribution.aotCaches();
    }

    /** Forgets what the caches were made for, so that none is used while they are replaced. */
    void invalidate() throws IOException {
        Files.createDirectories(folder());
        Files.deleteIfExists(madeFor());
    }

    /** Declares the caches valid for this JDK and these jars. */
    void validate() throws IOException {
        Files.write(madeFor(), present());
    }

    private Path madeFor() {
        return folder().resolve("made-for");
    }

    private byte[] present() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(Path.of(System.getProperty("java.home"), "release")));
        bytes.write(Files.readAllBytes(distribution.home().resolve("sbom.json")));
        return bytes.toByteArray();
    }
}
