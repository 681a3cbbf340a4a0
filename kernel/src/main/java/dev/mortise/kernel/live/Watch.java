package dev.mortise.kernel.live;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One client on one topic. It is told each message once and in order: what arrives while the past is still looked up is
 * held back, and numbers that it has seen are dropped.
 */
final class Watch {
    private static final long NOT_KNOWN = -1;

    private final Client client;
    private final LiveMessage.Place place;
    private long seen = NOT_KNOWN;
    private @Nullable List<LiveMessage> held = new ArrayList<>();

    Watch(Client client, LiveMessage.Place place) {
        this.client = client;
        this.place = place;
    }

    LiveMessage.Place place() {
        return place;
    }

    /** Tells what was missed, then what has come since the watch was registered. */
    synchronized void begin(OptionalLong after, Past past) {
        boolean isWhole = after.isPresent() && past.isWholeAfter(after.getAsLong());
        long from = isWhole ? after.getAsLong() : past.last();
        client.tell(Frame.subscribed(place.topic(), from));
        if (isWhole) {
            past.missed().forEach(client::tell);
        } else if (after.isPresent()) {
            client.tell(Frame.gap(place.topic(), past.last()));
        }
        seen = past.last() == 0 ? NOT_KNOWN : past.last();
        List<LiveMessage> arrived = held == null ? List.of() : held;
        held = null;
        arrived.forEach(this::pass);
    }

    synchronized void offer(LiveMessage message) {
        if (held == null) {
            pass(message);
        } else if (held.size() < Past.MOST) {
            held.add(message);
        } else {
            client.end(Ending.SLOW);
        }
    }

    private void pass(LiveMessage message) {
        if (message.sequence() <= seen) {
            return;
        }
        if (seen != NOT_KNOWN && message.sequence() != seen + 1) {
            // This node was away from the database for longer than messages are kept.
            client.tell(Frame.gap(place.topic(), message.sequence() - 1));
        }
        seen = message.sequence();
        client.tell(message.frame());
    }
}
