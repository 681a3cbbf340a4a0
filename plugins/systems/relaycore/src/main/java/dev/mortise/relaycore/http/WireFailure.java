package dev.mortise.relaycore.http;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;

/** Turns failures into OpenAI's error object, {@code {"error": {"message", "type", "param", "code"}}}. */
final class WireFailure {
    private WireFailure() {}

    /** Returns what the work returns as the body, or the failure in OpenAI's shape. */
    static Response answer(Supplier<?> work) {
        try {
            return Response.ok(work.get(), MediaType.APPLICATION_JSON_TYPE).build();
        } catch (MortiseException e) {
            return response(e);
        } catch (IllegalArgumentException e) {
            return response(new MortiseException(
                    ApiError.INPUT_INVALID, String.valueOf(e.getMessage()), "Correct the request", e));
        }
    }

    private static Response response(MortiseException failure) {
        ErrorCategory category = failure.errorCode().category();
        Map<String, String> error = Map.of(
                "message", failure.getMessage() + ". " + failure.remedy() + ".",
                "type", type(category),
                "code", failure.errorCode().code());
        return Response.status(category.httpStatus())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("error", error))
                .build();
    }

    /** Returns the error type by which OpenAI's SDKs choose their exception. */
    private static String type(ErrorCategory category) {
        return switch (category) {
            case INVALID, NOT_FOUND, CONFLICT, STALE, TOO_LARGE, REFUSED, PRECONDITION_REQUIRED ->
                "invalid_request_error";
            case UNAUTHENTICATED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case LIMITED -> "rate_limit_error";
            case INTERNAL, UNAVAILABLE, TIMEOUT -> "server_error";
        };
    }
}
