package dev.mortise.kernel.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through the door, with its response.
 *
 * @param plugin the plugin whose resources are asked for, {@link Door#KERNEL} for the kernel's, null outside of both
 * @param path the path, decoded, without the query
 * @param callback completed once, by whoever answers
 * @since 0.1
 */
public record Exchange(
        Request request,
        Response response,
        Callback callback,
        @Nullable String plugin,
        String path) {}
