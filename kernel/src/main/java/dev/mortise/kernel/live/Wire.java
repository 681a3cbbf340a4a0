package dev.mortise.kernel.live;

import java.util.concurrent.CompletableFuture;

/** A connection to a client. One thread uses it, and starts a write when the former one is done. */
interface Wire {
    /** Writes; the result completes when the connection can take more. */
    CompletableFuture<Void> write(Frame frame);

    /** Writes what proves that the connection is whole, or fails when the client has not answered the last ones. */
    CompletableFuture<Void> beat();

    /** Ends the connection, telling why as well as it can; returns within seconds. */
    void close(Ending ending);
}
