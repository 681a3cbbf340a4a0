package dev.mortise.cli.inbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One format. */
interface InboxReader {
    /** Returns what comes next, or null at the end. */
    @Nullable
    InboxEntry next() throws IOException;
}
