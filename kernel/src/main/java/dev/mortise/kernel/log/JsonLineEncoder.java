package dev.mortise.kernel.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.redact.Redaction;
import dev.mortise.kernel.trace.ActiveSpan;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log line for machines. Events are encoded on the thread that logs, so the trace, tenant and principal come straight
 * from the call context.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
    private final JsonMapper json = JsonMapper.builder().build();
    private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();

    @Override
    public void start() {
        stackTrace.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = json.createObjectNode()
                .put("time", event.getInstant().toString())
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName())
                .put("message", Redaction.of(event.getFormattedMessage()));
        CallContext.find()
                .ifPresent(context -> line.put("traceId", context.traceId())
                        .put("tenant", context.tenant().toString())
                        .put("principal", context.principal().id()));
        ActiveSpan.current().ifPresent(span -> line.put("spanId", span.id()));
        if (event.getThrowableProxy() != null) {
            line.put("exception", Redaction.of(stackTrace.convert(event)));
        }
        return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
