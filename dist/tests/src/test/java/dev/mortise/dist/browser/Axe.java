package dev.mortise.dist.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** axe-core, which finds barriers in pages, as its webjar has it. */
final class Axe {
    private Axe() {}

    /** Returns the script, which defines {@code axe}. */
    static String script() {
        Properties jar = new Properties();
        try (InputStream properties = resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            jar.load(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = "META-INF/resources/webjars/axe-core/" + jar.getProperty("version") + "/axe.min.js";
        try (InputStream script = resource(path)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        InputStream found = Axe.class.getClassLoader().getResourceAsStream(path);
        if (found == null) {
            throw new IllegalStateException("The webjar of axe-core has no " + path);
        }
        return found;
    }
}
