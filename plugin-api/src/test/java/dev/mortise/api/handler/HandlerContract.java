package dev.mortise.api.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every handler of work keeps, whether it comes as a job or as an event. The contracts of the two extend it; a
 * handler's test extends one of those.
 */
public abstract class HandlerContract {
    /** Returns the handler's name, asked for anew. */
    protected abstract String name();

    /** Returns the handler's policy of retries, asked for anew. */
    protected abstract Object retries();

    /** Gives the handler work whose payload it must refuse as invalid. */
    protected abstract void handleABadPayload();

    /** Returns whether the handler takes every payload, so that there is none to refuse. */
    protected boolean takesAnyPayload() {
        return false;
    }

    @Test
    void theNameIsThePluginsAndAWord() {
        String name = name();

        assertThat(name).matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9.-]*").hasSizeLessThanOrEqualTo(100);
        assertThat(name()).isEqualTo(name);
    }

    @Test
    void thePolicyOfRetriesIsConstant() {
        assertThat(retries()).isNotNull().isEqualTo(retries());
    }

    @Test
    void aPayloadThatItCannotUseIsRefusedAndNotTriedAgain() {
        Assumptions.assumeFalse(takesAnyPayload());

        Throwable refusal = catchThrowable(this::handleABadPayload);

        assertThat(refusal)
                .as("an invalid payload does not get better by retries; anything else than this is tried again")
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode().category()).isEqualTo(ErrorCategory.INVALID));
    }
}
