package dev.mortise.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mortise.api.error.ErrorCategory;
import dev.mortise.api.error.MortiseException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link JobHandler} keeps. A handler's test extends this class and gives the handler and runs for it, such
 * as those of the test kit's kernel.
 */
@Tag("K4")
public abstract class JobHandlerContract {
    /** Returns the handler under test; the same one at every call within a test. */
    protected abstract JobHandler handler();

    /** Returns a run with a payload that the handler must refuse as invalid. */
    protected abstract JobRun badRun();

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
    void thePolicyOfRetriesIsConstant() {
        assertThat(handler().retries()).isNotNull().isEqualTo(handler().retries());
    }

    @Test
    void aPayloadThatItCannotUseIsRefusedAndNotTriedAgain() {
        Assumptions.assumeFalse(takesAnyPayload());

        Throwable refusal = catchThrowable(() -> handler().run(badRun()));

        assertThat(refusal)
                .as("an invalid payload does not get better by retries; anything else than this is tried again")
                .isInstanceOfSatisfying(
                        MortiseException.class,
                        e -> assertThat(e.errorCode().category()).isEqualTo(ErrorCategory.INVALID));
    }
}
