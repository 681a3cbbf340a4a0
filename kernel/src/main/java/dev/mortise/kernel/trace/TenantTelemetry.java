package dev.mortise.kernel.trace;

import dev.mortise.api.settings.Setting;
import dev.mortise.kernel.trace.TraceOptions.Destination;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant chooses for itself, among the settings named {@code kernel}.
 *
 * @param telemetry where its spans and metrics go; missing for nowhere
 * @since 0.1
 */
public record TenantTelemetry(
        @Setting(
                value = "Where this tenant's spans and metrics go, by OTLP over HTTP; nowhere as a rule.",
                tenant = true)
        @Nullable
        Receiver telemetry) {
    /**
     * A receiver of OTLP over HTTP.
     *
     * @param endpoint what {@code /v1/traces} and {@code /v1/metrics} are below
     * @param headers sent with every request; each value names a secret
     */
    public record Receiver(
            @Setting("The receiver's address, such as https://collector.example.com; /v1/traces is put behind it.")
            @Nullable
            URI endpoint,

            @Setting(value = "Headers of each request, such as Authorization.", secret = true) @Nullable
            Map<String, String> headers) {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException when it is not one of HTTP, or has parts that are no place for secrets
         */
        public Receiver {
            if (endpoint == null
                    || endpoint.getHost() == null
                    || endpoint.getScheme() == null
                    || !endpoint.getScheme().matches("https?")
                    || endpoint.getUserInfo() != null
                    || endpoint.getQuery() != null
                    || endpoint.getFragment() != null) {
                throw new IllegalArgumentException("telemetry.endpoint must look like https://collector.example.com,"
                        + " without user, query and fragment");
            }
            headers = headers == null ? Map.of() : Map.copyOf(headers);
        }

        /** Leaves the headers out: they have secrets. */
        @Override
        public String toString() {
            return String.valueOf(endpoint);
        }
    }

    Optional<Destination> destination() {
        return telemetry == null || telemetry.endpoint() == null
                ? Optional.empty()
                : Optional.of(Destination.below(
                        telemetry.endpoint(), telemetry.headers() == null ? Map.of() : telemetry.headers()));
    }
}
