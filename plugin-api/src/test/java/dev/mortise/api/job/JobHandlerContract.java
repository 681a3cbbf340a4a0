package dev.mortise.api.job;

import dev.mortise.api.handler.HandlerContract;
import org.junit.jupiter.api.Tag;

/**
 * What every {@link JobHandler} keeps. A handler's test extends this class and gives the handler and runs for it, such
 * as those of the test kit's kernel.
 */
@Tag("K4")
public abstract class JobHandlerContract extends HandlerContract {
    /** Returns the handler under test; the same one at every call within a test. */
    protected abstract JobHandler handler();

    /** Returns a run with a payload that the handler must refuse as invalid. */
    protected abstract JobRun badRun();

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
        handler().run(badRun());
    }
}
