package dev.mortise.kernel.trace;

import dev.mortise.api.call.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where spans go.
 *
 * @param all where all of them go; empty for nowhere
 * @param tenants where those of single tenants go as well
 * @param sample how many of the traces that begin here are kept, from 0 to 1; a trace that began elsewhere is kept
 *     where its caller keeps it
 * @param queue how many spans may wait for one destination; those beyond are dropped and counted
 * @param notTo the hosts that requests to other systems tell nothing of the trace, in lower case; {@code *.example.com}
 *     stands for all below that name, {@code *} for all
 * @since 0.1
 */
public record TraceOptions(Optional<Destination> all, Tenants tenants, double sample, int queue, Set<String> notTo) {
    private static final String TRACES = "/v1/traces";
    private static final String METRICS = "/v1/metrics";

    /**
     * A receiver of OTLP over HTTP.
     *
     * @param endpoint the whole address for spans, as a rule with the path {@code /v1/traces}
     * @param headers sent with every request, such as {@code Authorization}
     */
    public record Destination(URI endpoint, Map<String, String> headers) {
        /**
         * Takes an immutable copy.
         *
         * @throws IllegalArgumentException when the address is not one of HTTP
         */
        public Destination {
            if (!endpoint.isAbsolute()
                    || endpoint.getHost() == null
                    || !endpoint.getScheme().matches("https?")) {
                throw new IllegalArgumentException(
                        "endpoint must look like https://collector.example.com/v1/traces, not " + endpoint);
            }
            headers = Map.copyOf(headers);
        }

        /** Returns the receiver below that address, as OTLP's exporters take it ("Endpoint URLs for OTLP/HTTP"). */
        static Destination below(URI base, Map<String, String> headers) {
            String text = base.toString();
            return new Destination(
                    URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + TRACES), headers);
        }

        /** Returns where metrics go, beside the spans; empty where the address does not tell. */
        Optional<URI> metrics() {
            String text = endpoint.toString();
            return text.endsWith(TRACES)
                    ? Optional.of(URI.create(text.substring(0, text.length() - TRACES.length()) + METRICS))
                    : Optional.empty();
        }

        /** Leaves the headers out: they have secrets. */
        @Override
        public String toString() {
            return endpoint.toString();
        }
    }

    /**
     * Where the telemetry of single tenants goes.
     *
     * @param fixed by the operator
     * @param choose whether the other tenants choose for themselves ({@link TenantTelemetry})
     * @param reach the hosts without a public address that they may choose nevertheless
     * @param every how often metrics are sent
     */
    public record Tenants(Map<TenantId, Destination> fixed, boolean choose, Set<String> reach, Duration every) {
        /**
         * Takes an immutable copy.
         *
         * @throws IllegalArgumentException when a host is none, or metrics would be sent more than once a second
         */
        public Tenants {
            fixed = Map.copyOf(fixed);
            reach = HostRule.checked("tenantsReach", reach);
            if (every.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("metricsEvery must be at least PT1S, not " + every);
            }
        }

        /** Returns that no tenant has a destination. */
        public static Tenants none() {
            return new Tenants(Map.of(), false, Set.of(), Duration.ofMinutes(1));
        }
    }

    /**
     * Takes an immutable copy.
     *
     * @throws IllegalArgumentException when a number is out of range
     */
    public TraceOptions {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("sample must be from 0 to 1, not " + sample);
        }
        if (queue < 1 || queue > 1_000_000) {
            throw new IllegalArgumentException("queue must be from 1 to 1000000, not " + queue);
        }
        notTo = HostRule.checked("notTo", notTo);
    }

    /** Returns options by which nothing is traced. */
    public static TraceOptions off() {
        return new TraceOptions(Optional.empty(), Tenants.none(), 1, 2_048, Set.of());
    }

    /** Returns whether requests to that address may carry the trace. */
    boolean isToldTo(URI target) {
        return target.getHost() != null && !HostRule.matches(notTo, target);
    }

    boolean isOff() {
        return all.isEmpty() && tenants.fixed().isEmpty() && !tenants.choose();
    }
}
