package dev.mortise.kernel.live;

import java.util.List;

/**
 * What a topic has said up to a moment.
 *
 * @param last the last sequence number, 0 where the topic has said nothing for a day
 * @param missed what came after the number that the client saw last, as far as it is kept
 */
record Past(long last, List<Frame> missed) {
    /** How many messages a client that comes back is told; whoever missed more reads the state anew. */
    static final int MOST = 1000;

    /** Returns whether nothing that came after the number is lost. */
    boolean isWholeAfter(long after) {
        return last - after == missed.size();
    }
}
