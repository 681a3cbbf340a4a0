package dev.mortise.api.trace;

/**
 * What a span is beside its parent, as OpenTelemetry's trace specification, "SpanKind", says.
 *
 * @since 0.1
 */
public enum SpanKind {
    /** Work inside of this server. */
    INTERNAL,
    /** A request of another system that this server serves. */
    SERVER,
    /** A request that this server sends to another system. */
    CLIENT,
    /** Something that is left for somebody else to do later. */
    PRODUCER,
    /** Something done that was left by somebody else. */
    CONSUMER
}
