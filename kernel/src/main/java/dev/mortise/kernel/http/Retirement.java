package dev.mortise.kernel.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Sunset;
import dev.mortise.kernel.error.KernelError;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Tells callers of a deprecated operation that it is one, and until when it is there: RFC 9745 and RFC 8594. */
final class Retirement implements DynamicFeature {
    /** The date of RFC 9110, section 5.6.7, whose day of the month has two digits, unlike RFC 1123's. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Sunset onMethod = resource.getResourceMethod().getAnnotation(Sunset.class);
        Sunset sunset = onMethod == null ? resource.getResourceClass().getAnnotation(Sunset.class) : onMethod;
        if (sunset != null) {
            context.register(new Notice(
                    "@" + midnight(sunset.since()).toEpochSecond(),
                    HTTP_DATE.format(midnight(sunset.on())),
                    sunset.successor()));
        }
    }

    private static ZonedDateTime midnight(String day) {
        try {
            return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new MortiseException(
                    KernelError.PLUGIN_CONSTRUCTION,
                    "@Sunset has \"" + day + "\", which is no day",
                    "Write it as 2027-06-01",
                    e);
        }
    }

    private record Notice(String since, String on, String successor) implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().putSingle("Deprecation", since);
            response.getHeaders().putSingle("Sunset", on);
            if (!successor.isEmpty()) {
                response.getHeaders().add("Link", "<" + successor + ">; rel=\"successor-version\"");
            }
        }
    }
}
