package dev.mortise.kernel.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Something that is served to anybody, without a key; it tells nothing about tenants, plugins or the machine. */
public interface OpenPage {
    /** Serves the path if it is this page's, and returns whether it is. */
    boolean handle(String path, Request request, Response response, Callback callback);
}
