package dev.mortise.kernel.http;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The path of the request that this thread serves, as it was sent: the {@code instance} of its problem documents. */
final class RequestPath {
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private RequestPath() {}

    /** Runs the work of a request. */
    static void during(Request request, Runnable work) {
        @Nullable String path = of(request);
        if (path == null) {
            work.run();
        } else {
            ScopedValue.where(CURRENT, path).run(work);
        }
    }

    static @Nullable String of(Request request) {
        return request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    }

    static @Nullable String current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }
}
