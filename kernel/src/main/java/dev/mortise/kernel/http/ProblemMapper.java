package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.error.RetryLater;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a resource into problem details. What should not happen is logged under its trace id. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        String traceId = CallContext.find().map(CallContext::traceId).orElse("");
        if (failure instanceof WebApplicationException web && web.getResponse().hasEntity()) {
            return web.getResponse();
        }
        MortiseException known = asMortise(failure);
        Problem problem = Problem.of(known, traceId);
        int status = failure instanceof WebApplicationException web
                ? web.getResponse().getStatus()
                : problem.status();
        Response.ResponseBuilder response = Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(status == problem.status() ? problem : withStatus(problem, status));
        if (failure instanceof WebApplicationException web) {
            // 405 must name the methods that are allowed (RFC 9110, section 15.5.6).
            String allow = web.getResponse().getHeaderString("Allow");
            response = allow == null ? response : response.header("Allow", allow);
        }
        if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response = response.header(HttpHeaders.WWW_AUTHENTICATE, ProblemWriter.CHALLENGE);
        }
        if (known instanceof RetryLater later) {
            response = response.header(HttpHeaders.RETRY_AFTER, later.seconds());
        }
        return response.build();
    }

    private static Problem withStatus(Problem problem, int status) {
        return new Problem(
                problem.type(),
                problem.title(),
                status,
                problem.detail(),
                problem.code(),
                problem.remedy(),
                problem.traceId());
    }

    private static MortiseException asMortise(Throwable failure) {
        return switch (failure) {
            case MortiseException known -> logged(known);
            case BodyTooLargeException tooLarge -> tooLarge.asMortise();
            case WebApplicationException web -> fromJersey(web);
            case IllegalArgumentException refused ->
                // Compact constructors of request records refuse values this way.
                new MortiseException(
                        ApiError.INPUT_INVALID, String.valueOf(refused.getMessage()), "Correct the request", refused);
            default -> unexpected(failure);
        };
    }

    private static MortiseException logged(MortiseException known) {
        if (known.errorCode().category() == ErrorCategory.INTERNAL) {
            LOG.error("{}", known.describe(), known);
        }
        return known;
    }

    private static MortiseException fromJersey(WebApplicationException web) {
        if (web.getCause() instanceof MortiseException known) {
            return known;
        }
        int status = web.getResponse().getStatus();
        return switch (status) {
            case 404 ->
                new MortiseException(
                        KernelError.PATH_UNKNOWN,
                        "Nothing is served at this path",
                        "Check the path; GET /api/v1/kernel/info shows what runs");
            case 405, 406, 415 ->
                new MortiseException(
                        KernelError.METHOD_REFUSED,
                        "The path is there, but not for this method, media type or representation",
                        "Look at the Allow header, and send and accept application/json");
            default ->
                status < 500
                        ? new MortiseException(
                                KernelError.REQUEST_INVALID,
                                String.valueOf(web.getMessage()),
                                "Correct the request",
                                web)
                        : unexpected(web);
        };
    }

    private static MortiseException unexpected(Throwable failure) {
        return UnexpectedFailure.reported(
                failure, CallContext.find().map(CallContext::traceId).orElse(""));
    }
}
