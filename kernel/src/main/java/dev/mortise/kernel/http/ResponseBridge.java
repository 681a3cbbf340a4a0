package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Jersey's response to Jetty. Everything happens on the request's own virtual thread, which also waits for a
 * resource that answers later from another thread.
 */
final class ResponseBridge implements ContainerResponseWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseBridge.class);

    private final CountDownLatch completed = new CountDownLatch(1);
    private final AtomicBoolean done = new AtomicBoolean();
    private final Request request;
    private final Response response;
    private final Callback callback;
    private @Nullable OutputStream body;
    private volatile long timeoutNanos;
    private volatile @Nullable TimeoutHandler timeoutHandler;
    private volatile boolean suspended;

    ResponseBridge(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    @Override
    public OutputStream writeResponseStatusAndHeaders(long contentLength, ContainerResponse from) {
        response.setStatus(from.getStatus());
        UnreadBody.settle(request, response);
        from.getStringHeaders()
                .forEach((name, values) ->
                        values.forEach(value -> response.getHeaders().add(name, value)));
        if (contentLength >= 0) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, contentLength);
        }
        body = Response.asBufferedOutputStream(request, response);
        return body;
    }

    @Override
    public boolean suspend(long time, TimeUnit unit, TimeoutHandler handler) {
        timeoutNanos = unit.toNanos(time);
        timeoutHandler = handler;
        suspended = true;
        return true;
    }

    @Override
    public void setSuspendTimeout(long time, TimeUnit unit) {
        timeoutNanos = unit.toNanos(time);
    }

    @Override
    public void commit() {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        try {
            if (body != null) {
                body.close();
            }
            callback.succeeded();
        } catch (IOException e) {
            LOG.debug("The client went away before it had the whole response", e);
            callback.failed(e);
        } finally {
            completed.countDown();
        }
    }

    @Override
    public void failure(Throwable failure) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        try {
            if (response.isCommitted()) {
                LOG.warn("A response broke off after it had begun", failure);
                callback.failed(failure);
            } else {
                ProblemWriter.write(request, response, callback, asMortise(failure), traceId());
            }
        } finally {
            completed.countDown();
        }
    }

    private static String traceId() {
        return CallContext.find().map(CallContext::traceId).orElse("");
    }

    private static MortiseException asMortise(Throwable failure) {
        return failure instanceof MortiseException known
                ? UnexpectedFailure.loggedIfHidden(known)
                : UnexpectedFailure.reported(failure, traceId());
    }

    @Override
    public boolean enableResponseBuffering() {
        return true;
    }

    /** Returns when the response is complete; for one that was suspended, that may be on another thread. */
    void awaitCompletion() {
        if (!suspended) {
            commit();
            return;
        }
        try {
            long limit = timeoutNanos;
            if (limit <= 0) {
                completed.await();
            } else if (!completed.await(limit, TimeUnit.NANOSECONDS)) {
                TimeoutHandler handler = timeoutHandler;
                if (handler != null) {
                    handler.onTimeout(this);
                }
                completed.await();
            }
        } catch (InterruptedException e) {
            failure(e);
            Thread.currentThread().interrupt();
        }
    }
}
