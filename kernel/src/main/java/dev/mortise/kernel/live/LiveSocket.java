package dev.mortise.kernel.live;

import dev.mortise.kernel.http.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** A client's WebSocket. Public because Jetty calls it by method handles; made by the room alone. */
public final class LiveSocket implements Session.Listener.AutoDemanding {
    private static final int LONGEST_REQUEST = 4 << 10;

    private final LiveRoom room;
    private final Caller caller;
    private final PresentedRequest credentials;
    private @Nullable Client client;
    private @Nullable SocketWire wire;

    LiveSocket(LiveRoom room, Caller caller, PresentedRequest credentials) {
        this.room = room;
        this.caller = caller;
        this.credentials = credentials;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.setMaxTextMessageSize(LONGEST_REQUEST);
        session.setMaxBinaryMessageSize(1);
        // The beats find out who is gone.
        session.setIdleTimeout(Duration.ZERO);
        SocketWire opened = new SocketWire(session);
        Client entered = room.enter(opened, caller, credentials);
        wire = opened;
        client = entered;
        entered.start(() -> room.leave(entered));
    }

    @Override
    public void onWebSocketText(String text) {
        heard();
        Client asking = client;
        if (asking != null) {
            ClientRequest.of(text).serve(room, asking);
        }
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heard();
    }

    private void heard() {
        SocketWire open = wire;
        if (open != null) {
            open.heard();
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        over();
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        over();
        callback.succeed();
    }

    private void over() {
        Client gone = client;
        if (gone != null) {
            gone.end(Ending.GONE);
        }
    }
}
