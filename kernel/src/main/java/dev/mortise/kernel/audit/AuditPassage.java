package dev.mortise.kernel.audit;

import dev.mortise.api.audit.AuditEntry;
import dev.mortise.api.audit.AuditEntry.Outcome;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Principal;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Exchange;
import dev.mortise.kernel.http.Passage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records every change and every refusal of a known caller that comes through the door. A change is on record before
 * its answer leaves: where the entry cannot be kept, the caller is told that the change is not confirmed instead of
 * what the resource said.
 */
final class AuditPassage implements Passage {
    private static final Logger LOG = LoggerFactory.getLogger(AuditPassage.class);

    /** RFC 9110, section 9.2.1. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    private static final int CONFLICT = 409;

    private final Recorder recorder;
    private final Refusals refusals;

    AuditPassage(Recorder recorder, Refusals refusals) {
        this.recorder = recorder;
        this.refusals = refusals;
    }

    @Override
    public void pass(Exchange exchange, Consumer<? super Exchange> onward) {
        if (CallContext.current().principal().kind() == Principal.Kind.ANONYMOUS) {
            // No tenant to record it for; whoever finds one out records it himself.
            recorder.from(Request.getRemoteAddr(exchange.request()), () -> onward.accept(exchange));
            return;
        }
        recorder.from(Request.getRemoteAddr(exchange.request()), () -> {
            if (SAFE.contains(exchange.request().getMethod())) {
                passReading(exchange, onward);
            } else {
                passChange(exchange, onward);
            }
        });
    }

    private void passReading(Exchange exchange, Consumer<? super Exchange> onward) {
        try {
            onward.accept(exchange);
        } catch (MortiseException e) {
            recordRefusal(exchange, e.errorCode().category().httpStatus());
            throw e;
        }
        recordRefusal(exchange, exchange.response().getStatus());
    }

    private void passChange(Exchange exchange, Consumer<? super Exchange> onward) {
        RecordedAnswer answer = new RecordedAnswer(exchange, status -> recordChange(exchange, status));
        try {
            onward.accept(exchange.with(answer, answer.callback()));
        } catch (MortiseException e) {
            if (answer.isBegun()) {
                throw e;
            }
            recordQuietly(exchange, e.errorCode().category().httpStatus());
            throw e;
        }
    }

    /** A refused read is recorded after its answer: nothing was changed that the record must not miss. */
    private void recordRefusal(Exchange exchange, int status) {
        if (REFUSALS.contains(status)) {
            recordQuietly(exchange, status);
        }
    }

    private void recordQuietly(Exchange exchange, int status) {
        try {
            recordChange(exchange, status);
        } catch (MortiseException e) {
            LOG.error(
                    "A refusal with status {} is not on record: {} {} by {}: {}",
                    status,
                    exchange.request().getMethod(),
                    exchange.path(),
                    CallContext.current().principal().id(),
                    e.describe());
        }
    }

    private void recordChange(Exchange exchange, int status) {
        Optional<Outcome> outcome = outcome(status);
        if (outcome.isEmpty()) {
            return;
        }
        if (outcome.get() == Outcome.REFUSED && !refusals.isWritten(CallContext.current(), exchange.path(), status)) {
            return;
        }
        String action = exchange.request().getMethod() + " "
                + exchange.route().orElse("/api/v1/" + (exchange.plugin() == null ? "" : exchange.plugin() + "/…"));
        try {
            recorder.record(new AuditEntry(action, exchange.path(), outcome.get(), Map.of()), status);
        } catch (MortiseException e) {
            throw new MortiseException(
                    KernelError.AUDIT_UNAVAILABLE,
                    "What was asked for may have been done, but the record of it could not be kept",
                    "Read the present state before trying again",
                    e);
        }
    }

    private static Optional<Outcome> outcome(int status) {
        if (status < 400) {
            return Optional.of(Outcome.DONE);
        } else if (REFUSALS.contains(status) || status == CONFLICT) {
            return Optional.of(Outcome.REFUSED);
        }
        // Other errors of the caller changed nothing and were refused by no rule: a typing error is not for the record.
        return status >= 500 ? Optional.of(Outcome.FAILED) : Optional.empty();
    }
}
