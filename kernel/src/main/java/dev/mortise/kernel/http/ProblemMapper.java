package dev.mortise.kernel.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.UncheckedIOException;
import org.glassfish.jersey.server.ParamException;
import org.jspecify.annotations.Nullable;

/** Turns every failure of a resource into problem details. What should not happen is logged under its trace id. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable failure) {
        String traceId = CallContext.find().map(CallContext::traceId).orElse("");
        if (failure instanceof WebApplicationException web && web.getResponse().hasEntity()) {
            return web.getResponse();
        }
        MortiseException known = asMortise(failure);
        Problem problem = Problem.of(known, traceId, RequestPath.current());
        int status = failure instanceof WebApplicationException web && known.errorCode() == KernelError.METHOD_REFUSED
                ? web.getResponse().getStatus()
                : problem.status();
        Response.ResponseBuilder response =
                Response.status(status).type(Problem.MEDIA_TYPE).entity(problem.withStatus(status));
        if (known instanceof HttpRefusal refusal) {
            refusal.headers().forEach(response::header);
        }
        if (failure instanceof WebApplicationException web) {
            // 405 must name the methods that are allowed (RFC 9110, section 15.5.6).
            String allow = web.getResponse().getHeaderString("Allow");
            if (allow != null) {
                response.header("Allow", allow);
            }
        }
        if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, ProblemWriter.CHALLENGE);
        }
        RetryAfter.seconds(known, status).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    private static MortiseException asMortise(Throwable failure) {
        return switch (failure) {
            case MortiseException known -> UnexpectedFailure.loggedIfHidden(known);
            case BodyTooLargeException tooLarge -> tooLarge.asMortise();
            case BrokenBodyException broken -> broken.asMortise();
            case UncheckedIOException io
            when io.getCause() instanceof BodyTooLargeException tooLarge -> tooLarge.asMortise();
            case UncheckedIOException io when io.getCause() instanceof BrokenBodyException broken -> broken.asMortise();
            case WebApplicationException web -> fromJersey(web);
            case IllegalArgumentException refused ->
                // Compact constructors of request records refuse values this way.
                new MortiseException(
                        ApiError.INPUT_INVALID, String.valueOf(refused.getMessage()), "Correct the request", refused);
            default -> unexpected(failure);
        };
    }

    private static MortiseException fromJersey(WebApplicationException web) {
        if (web.getCause() instanceof MortiseException known) {
            return known;
        }
        if (web instanceof ParamException parameter) {
            return malformed(parameter);
        }
        int status = web.getResponse().getStatus();
        return switch (status) {
            case 404 ->
                new MortiseException(
                        KernelError.PATH_UNKNOWN,
                        "Nothing is served at this path",
                        "Check the path; GET /api/v1/openapi.json lists what is served");
            case 405 -> refusedMethod("The path is there, but not for this method", "Look at the Allow header");
            case 406 ->
                refusedMethod(
                        "The path is there, but not in a representation that the Accept header takes",
                        "Accept application/json");
            case 415 ->
                refusedMethod(
                        "The path is there, but does not take this Content-Type",
                        "Send application/json, or what the API's description names");
            default ->
                status < 500
                        ? new MortiseException(
                                KernelError.REQUEST_INVALID,
                                "The request does not fit the operation",
                                "Compare it with the API's description at /api/v1/openapi.json",
                                web)
                        : unexpected(web);
        };
    }

    private static MortiseException malformed(ParamException parameter) {
        boolean inPath = parameter instanceof ParamException.PathParamException;
        return new MortiseException(
                inPath ? ApiError.NOT_FOUND : ApiError.INPUT_INVALID,
                "The parameter \"" + parameter.getParameterName() + "\" is " + fault(parameter.getCause()),
                "Give it as the API's description at /api/v1/openapi.json says",
                parameter);
    }

    private static String fault(@Nullable Throwable cause) {
        return switch (cause) {
            case NumberFormatException _ -> "no number, or out of range";
            case IllegalArgumentException refused
            when String.valueOf(refused.getMessage()).contains("UUID") ->
                "no UUID such as 0199f0de-0000-7000-8000-000000000000";
            case null -> "malformed or out of range";
            // Jersey wraps what the type's own factory has thrown.
            default -> fault(cause.getCause());
        };
    }

    private static MortiseException refusedMethod(String detail, String remedy) {
        return new MortiseException(KernelError.METHOD_REFUSED, detail, remedy);
    }

    private static MortiseException unexpected(Throwable failure) {
        return UnexpectedFailure.reported(
                failure, CallContext.find().map(CallContext::traceId).orElse(""));
    }
}
