package dev.mortise.kernel.trace;

import dev.mortise.api.call.TenantId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where spans go.
 *
 * @param all where all of them go; empty for nowhere
 * @param tenants where those of single tenants go as well
 * @param sample how many of the traces that begin here are kept, from 0 to 1; a trace that began elsewhere is kept
 *     where its caller keeps it
 * @param queue how many spans may wait for one destination; those beyond are dropped and counted
 * @since 0.1
 */
public record TraceOptions(Optional<Destination> all, Map<TenantId, Destination> tenants, double sample, int queue) {
    /**
     * A receiver of OTLP over HTTP.
     *
     * @param endpoint the whole address, as a rule with the path {@code /v1/traces}
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

        /** Leaves the headers out: they have secrets. */
        @Override
        public String toString() {
            return endpoint.toString();
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
        tenants = Map.copyOf(tenants);
    }

    /** Returns options by which nothing is traced. */
    public static TraceOptions off() {
        return new TraceOptions(Optional.empty(), Map.of(), 1, 2_048);
    }

    boolean isOff() {
        return all.isEmpty() && tenants.isEmpty();
    }
}
