package dev.mortise.kernel.live;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.error.KernelError;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.http.DoorPage;
import dev.mortise.kernel.http.Exchange;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** {@code /api/v1/live}: the WebSocket. */
record SocketPage(LiveRoom room, OriginRule origins) implements DoorPage {
    @Override
    public boolean has(String path) {
        return path.equals("/api/v1/live");
    }

    @Override
    public void serve(Exchange exchange) {
        Request request = exchange.request();
        origins.require(request);
        if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
            throw new MortiseException(
                    KernelError.REQUEST_INVALID,
                    "Live topics are shown over a WebSocket here",
                    "Open a WebSocket, or read /api/v1/live/sse?topics=… as an event stream");
        }
        room.requireRoom();
        LiveSocket socket = new LiveSocket(room, Caller.current(), new PresentedRequest(request));
        // Jetty's WebSocket classes are loaded when the first client comes.
        ServerWebSocketContainer container = ServerWebSocketContainer.ensure(
                request.getConnectionMetaData().getConnector().getServer());
        boolean isTaken = container.upgrade((_, _, _) -> socket, request, exchange.response(), exchange.callback());
        if (!isTaken) {
            throw new MortiseException(
                    KernelError.REQUEST_INVALID,
                    "The opening handshake of the WebSocket is not one of RFC 6455",
                    "Send Connection: Upgrade, Sec-WebSocket-Key, and Sec-WebSocket-Version: 13");
        }
    }
}
