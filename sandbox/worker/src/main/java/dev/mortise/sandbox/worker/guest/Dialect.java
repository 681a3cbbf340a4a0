package dev.mortise.sandbox.worker.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;

/**
 * A language that the worker can run, and what is particular about it.
 *
 * @since 0.1
 */
public enum Dialect {
    /** JavaScript, by GraalJS. */
    JAVASCRIPT("js", "GraalJS", "javascript.js", "warm-up.js", "application/javascript"),
    /** Python, by GraalPy. */
    PYTHON("python", "GraalPy", "python.py", "warm-up.py", "text/x-python");

    private final String language;
    private final String engine;
    private final String bootstrap;
    private final String warmUp;
    private final String type;

    Dialect(String language, String engine, String bootstrap, String warmUp, String type) {
        this.language = language;
        this.engine = engine;
        this.bootstrap = bootstrap;
        this.warmUp = warmUp;
        this.type = type;
    }

    /** Tells whether scripts may need files of the language's own while they run: modules of its library. */
    public boolean readsFiles() {
        return this == PYTHON;
    }

    /** Writes the language's own library into a folder, for {@code polyglot.engine.resourcePath}. */
    public void unpack(Path folder) throws IOException {
        Engine.copyResources(folder, language);
    }

    /** Returns the name that polyglot knows the language by. */
    String language() {
        return language;
    }

    /** Returns what people call the language's engine. */
    String engine() {
        return engine;
    }

    /** Returns the source whose value sets a context up. */
    Source bootstrap() {
        return source("mortise", resource(bootstrap));
    }

    Source source(String name, String text) {
        try {
            // With a type: by its name alone, a script could choose to be a module.
            return Source.newBuilder(language, text, name).mimeType(type).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns scripts that load what scripts may need, with lines of four comment signs between them. */
    public String warmUp() {
        return resource(warmUp);
    }

    /** Reads a text that lies beside this class. */
    private static String resource(String name) {
        try (InputStream in = Dialect.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The worker's jar has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
