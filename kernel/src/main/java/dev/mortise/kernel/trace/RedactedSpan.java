package dev.mortise.kernel.trace;

import dev.mortise.kernel.redact.Redaction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * A span as it leaves the server: without secrets in whatever text it has. Made by the thread that sends, so that the
 * work that a span is about does not wait for it.
 */
final class RedactedSpan extends DelegatingSpanData {
    /** The longest text of an attribute, in characters. */
    static final int LONGEST_TEXT = 2_048;

    private final SpanContext context;
    private final String name;
    private final Attributes attributes;
    private final List<EventData> events;
    private final StatusData status;

    private RedactedSpan(SpanData span) {
        super(span);
        this.context = context(span.getSpanContext());
        this.name = Redaction.of(span.getName());
        this.attributes = attributes(span.getAttributes());
        this.events = span.getEvents().stream().map(RedactedSpan::event).toList();
        this.status = StatusData.create(
                span.getStatus().getStatusCode(), Redaction.of(span.getStatus().getDescription()));
    }

    static SpanData of(SpanData span) {
        return new RedactedSpan(span);
    }

    /** A list of vendors' states is the caller's text; with a secret in it, it is left out as a whole. */
    private static SpanContext context(SpanContext context) {
        boolean isClean = context.getTraceState().asMap().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .allMatch(member -> Redaction.of(member).equals(member));
        return isClean
                ? context
                : SpanContext.create(
                        context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
    }

    private static EventData event(EventData event) {
        return EventData.create(
                event.getEpochNanos(),
                Redaction.of(event.getName()),
                attributes(event.getAttributes()),
                event.getTotalAttributeCount());
    }

    private static Attributes attributes(Attributes attributes) {
        AttributesBuilder shown = Attributes.builder();
        attributes.forEach((key, value) -> put(shown, key, value));
        return shown.build();
    }

    private static void put(AttributesBuilder shown, AttributeKey<?> key, Object value) {
        String name = Redaction.of(key.getKey());
        switch (value) {
            case String text -> shown.put(AttributeKey.stringKey(name), cut(value(name, text)));
            case Long number -> shown.put(AttributeKey.longKey(name), number);
            case Double number -> shown.put(AttributeKey.doubleKey(name), number);
            case Boolean truth -> shown.put(AttributeKey.booleanKey(name), truth);
            case List<?> list ->
                shown.put(
                        AttributeKey.stringArrayKey(name),
                        list.stream()
                                .map(each -> cut(value(name, each.toString())))
                                .toList());
            default -> shown.put(AttributeKey.stringKey(name), cut(value(name, value.toString())));
        }
    }

    /** The name tells of some values that they are secret, such as that of a header. */
    private static String value(String name, String text) {
        String before = name + "=";
        String shown = Redaction.of(before + text);
        return shown.startsWith(before) ? shown.substring(before.length()) : "[secret]";
    }

    /** Only now: cut before, the beginning of a secret would not be known as one. */
    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public StatusData getStatus() {
        return status;
    }
}
