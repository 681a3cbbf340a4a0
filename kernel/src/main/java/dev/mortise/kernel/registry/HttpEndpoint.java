package dev.mortise.kernel.registry;

import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP resources of one load of a plugin. */
public interface HttpEndpoint extends AutoCloseable {
    /** Returns the paths of the root resources, relative to the plugin's own path. */
    List<String> paths();

    /**
     * Returns every operation with the permission that it needs, in order of path and method; worked out at each call.
     */
    List<Operation> operations();

    /** Returns the permissions that the resources ask for, sorted, each once. */
    List<String> permissions();

    /**
     * Returns this part of the API's description, {@code {"paths": {…}, "schemas": {…}}} in the words of OpenAPI 3.1.
     * Made when it is first asked for; it refers to no class of the plugin.
     */
    ObjectNode description();

    /** Returns whether the operation recognises repeated requests by itself. */
    boolean keepsKeysItself(Request request);

    /** Serves a request on the calling thread and completes the callback. The caller holds a lease. */
    void serve(Request request, Response response, Callback callback);

    @Override
    void close();
}
