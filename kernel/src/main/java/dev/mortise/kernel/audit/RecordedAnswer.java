package dev.mortise.kernel.audit;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.http.Exchange;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response whose status is recorded before its first byte leaves. When that fails, the caller gets the failure, and
 * whatever the resource goes on to write is dropped.
 */
final class RecordedAnswer extends Response.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedAnswer.class);

    private final Exchange exchange;
    private final IntConsumer recordStatus;
    private boolean begun;
    private boolean replaced;

    RecordedAnswer(Exchange exchange, IntConsumer recordStatus) {
        super(exchange.request(), exchange.response());
        this.exchange = exchange;
        this.recordStatus = recordStatus;
    }

    /** Returns what completes the exchange; an answer without a body begins by it. */
    Callback callback() {
        return new Callback.Nested(exchange.callback()) {
            @Override
            public void succeeded() {
                begin();
                if (!isReplaced()) {
                    super.succeeded();
                }
            }

            @Override
            public void failed(Throwable failure) {
                if (!isReplaced()) {
                    super.failed(failure);
                }
            }
        };
    }

    synchronized boolean isBegun() {
        return begun;
    }

    private synchronized boolean isReplaced() {
        return replaced;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        begin();
        if (isReplaced()) {
            callback.succeeded();
        } else {
            super.write(last, content, callback);
        }
    }

    /** Runs once; others wait for it, so that nothing overtakes the record. */
    private synchronized void begin() {
        if (begun) {
            return;
        }
        begun = true;
        try {
            recordStatus.accept(getStatus());
        } catch (MortiseException e) {
            LOG.error(
                    "{} {} was answered with {} and is not on record",
                    exchange.request().getMethod(),
                    exchange.path(),
                    getStatus(),
                    e);
            replaced = true;
            exchange.answer(e);
        }
    }
}
