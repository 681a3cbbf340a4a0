package dev.mortise.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.handler.HandlerContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventHandler} keeps. A handler's test extends this class and gives the handler and deliveries for
 * it, such as those of the test kit's kernel.
 */
@Tag("K4")
public abstract class EventHandlerContract extends HandlerContract {
    /** Returns the handler under test; the same one at every call within a test. */
    protected abstract EventHandler handler();

    /** Returns a delivery of an event whose payload the handler must refuse as invalid. */
    protected abstract Delivery badDelivery();

    @Override
    protected final String name() {
        return handler().name();
    }

    @Override
    protected final Object retries() {
        return handler().retries();
    }

    @Override
    protected final void handleABadPayload() {
        handler().handle(badDelivery());
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
    void whatBecomesOfPoisonIsConstant() {
        assertThat(handler().onPoison()).isNotNull().isEqualTo(handler().onPoison());
    }
}
