package dev.mortise.kernel.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets logging up. */
public final class Logging {
    private Logging() {}

    /**
     * Sends all log lines to standard error, in place of whatever was set up before. Standard output is for what a
     * person or a program asked for.
     *
     * @param asJson one JSON object a line instead of text
     * @param level the least level for our own code; libraries log from WARN, or from this where it is higher
     */
    public static void toStandardError(boolean asJson, String level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("The class path has another SLF4J binding than Logback");
        }
        context.reset();
        Encoder<ILoggingEvent> encoder = asJson ? new JsonLineEncoder() : new TextLineEncoder();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Level own = Level.toLevel(level, Level.INFO);
        Level others = own.isGreaterOrEqual(Level.WARN) ? own : Level.WARN;
        context.getLogger("ROOT").setLevel(others);
        context.getLogger("ROOT").addAppender(appender);
        context.getLogger("dev.mortise").setLevel(own);
        // Jersey warns of every resource that is registered as an object, which ours all are.
        context.getLogger("org.glassfish.jersey.internal.inject.Providers").setLevel(Level.ERROR);
        // pf4j logs a plugin's failure and throws nothing; the life cycle reports it with what to do.
        context.getLogger("org.pf4j").setLevel(Level.OFF);
        // A receiver that is not there would fill the log with stack traces; the trace room says it once and counts.
        context.getLogger("io.opentelemetry.exporter").setLevel(Level.OFF);
        context.getLogger("io.opentelemetry.sdk.metrics.export").setLevel(Level.OFF);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
