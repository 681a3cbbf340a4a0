package dev.mortise.kernel.openapi;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Door;
import dev.mortise.kernel.http.OpenPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /api/explorer}: a page on which people read the API's description and try it. It is served to anybody and
 * tells nothing; what it shows, it asks for with the key that is typed into it. Read from the jar when it is asked for.
 *
 * <p>An own page of three files, because Swagger's is 4 MB and needs styles inside of its markup, which the strict
 * policy here forbids.
 */
public final class ExplorerPage implements OpenPage {
    private static final String PATH = "/api/explorer";

    /** Nothing but its own files, and no page around it (Content Security Policy Level 3). */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, File> FILES = Map.of(
            PATH,
            new File("index.html", "text/html; charset=utf-8"),
            PATH + "/explorer.js",
            new File("explorer.js", "text/javascript; charset=utf-8"),
            PATH + "/explorer.css",
            new File("explorer.css", "text/css; charset=utf-8"));

    private record File(String name, String type) {}

    @Override
    public boolean handle(String path, Request request, Response response, Callback callback) {
        File file = FILES.get(path);
        if (file == null) {
            return false;
        }
        Door.requireReading(request);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        headers.put(HttpHeader.CONTENT_TYPE, file.type());
        response.setStatus(200);
        response.write(true, ByteBuffer.wrap(content(file)), callback);
        return true;
    }

    private static byte[] content(File file) {
        try (InputStream content = ExplorerPage.class.getResourceAsStream("explorer/" + file.name())) {
            if (content == null) {
                throw new MortiseException(
                        KernelError.PATH_UNKNOWN,
                        "The server was built without " + file.name(),
                        "Use /api/v1/openapi.json, and report this");
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
