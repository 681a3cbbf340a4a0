package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.log.TraceIds;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses by itself, such as a malformed request line, in the same form as everything else. */
final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        MortiseException failure = status < 500
                ? new MortiseException(
                        status == 413 ? KernelError.REQUEST_TOO_LARGE : KernelError.REQUEST_INVALID,
                        "The request is not acceptable as HTTP",
                        "Check the request line, the headers and their size")
                : new MortiseException(
                        status == 503 ? KernelError.NOT_READY : KernelError.INTERNAL,
                        status == 503 ? "The server is stopping" : "The server could not do this",
                        status == 503 ? "Try again in a moment" : "Report it with the trace id");
        ProblemWriter.write(request, response, callback, failure, TraceIds.random());
        return true;
    }
}
