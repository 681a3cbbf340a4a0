package dev.mortise.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventHandler} keeps. A handler's test extends this class and gives the handler and deliveries for
 * it, such as those of the test kit's kernel.
 */
@Tag("K4")
public abstract class EventHandlerContract {
    /** Returns the handler under test; the same one at every call within a test. */
    protected abstract EventHandler handler();

    /** Returns a delivery of an event whose payload the handler must refuse as invalid. */
    protected abstract Delivery badDelivery();

    /** Returns whether the handler takes every payload, so that there is none to refuse. */
    protected boolean takesAnyPayload() {
        return false;
    }

    @Test
    void theNameIsThePluginsAndAWord() {
        String name = handler().name();

        assertThat(name).matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*").hasSizeLessThanOrEqualTo(100);
        assertThat(handler().name()).isEqualTo(name);
    }

    @Test
    void theTopicsAreConstantAndNamesOfEvents() {
        assertThat(handler().topics())
                .isNotEmpty()
                .isEqualTo(handler().topics())
                .allSatisfy(topic -> assertThat(topic)
                        .matches("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9_-]*)*(\\.[a-z0-9][a-z0-9_-]*|\\.\\*)"));
    }

    @Test
    void thePoliciesAreConstant() {
        assertThat(handler().retries()).isNotNull().isEqualTo(handler().retries());
        assertThat(handler().onPoison()).isNotNull().isEqualTo(handler().onPoison());
    }

    @Test
    void aPayloadThatItCannotUseIsRefusedAndNotTriedAgain() {
        Assumptions.assumeFalse(takesAnyPayload());

        Throwable refusal = catchThrowable(() -> handler().handle(badDelivery()));

        assertThat(refusal)
                .as("an invalid payload does not get better by retries; anything else than this is tried again")
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode().category()).isEqualTo(ErrorCategory.INVALID));
    }
}
