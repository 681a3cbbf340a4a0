package dev.mortise.kernel.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.redact.Redaction;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A log line for people: time, level, trace, where, what. */
final class TextLineEncoder extends EncoderBase<ILoggingEvent> {
    private final DateTimeFormatter time =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
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
        String trace = CallContext.find()
                .map(context -> " [" + context.traceId() + "]")
                .orElse("");
        String logger = event.getLoggerName();
        // A line break in a message could forge a line.
        String message = Redaction.of(event.getFormattedMessage())
                .replace("\n", "\n    ")
                .replace('\r', ' ');
        String line = time.format(event.getInstant()) + " "
                + String.format(Locale.ROOT, "%-5s", event.getLevel()) + trace + " "
                + logger.substring(logger.lastIndexOf('.') + 1) + ": " + message + "\n"
                + Redaction.of(stackTrace.convert(event));
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
