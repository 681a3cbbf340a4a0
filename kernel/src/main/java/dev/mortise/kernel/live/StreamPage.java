package dev.mortise.kernel.live;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.http.Caller;
import dev.mortise.kernel.http.DoorPage;
import dev.mortise.kernel.http.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/live/sse?topics=…}: the same messages as an event stream (WHATWG HTML, section 9.2). */
record StreamPage(LiveRoom room, OriginRule origins) implements DoorPage {
    private static final int MOST_TOPICS = 20;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    @Override
    public boolean has(String path) {
        return path.equals("/api/v1/live/sse");
    }

    @Override
    public void serve(Exchange exchange) {
        Request request = exchange.request();
        origins.require(request);
        List<String> topics = topics(Request.extractQueryParameters(request).getValue("topics"));
        OptionalLong[] after = resumed(request.getHeaders().get("Last-Event-ID"), topics.size());
        room.requireRoom();
        StreamWire wire = new StreamWire(exchange, topics);
        Client client = room.enter(wire, Caller.current(), new PresentedRequest(request));
        try {
            for (int i = 0; i < topics.size(); i++) {
                room.subscribe(client, topics.get(i), after[i]);
            }
        } catch (RuntimeException e) {
            room.leave(client);
            throw e;
        }
        Response response = exchange.response();
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        // Proxies that gather answers would hold the messages back.
        response.getHeaders().put("X-Accel-Buffering", "no");
        client.start(() -> room.leave(client));
    }

    private static List<String> topics(@Nullable String given) {
        List<String> topics = given == null
                ? List.of()
                : Arrays.stream(given.split(",", -1)).distinct().toList();
        if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
            throw new MortiseException(
                    ApiError.INPUT_INVALID,
                    "The parameter topics names " + topics.size() + " topics; from 1 to " + MOST_TOPICS
                            + " are allowed",
                    "Name them with commas between, or use the WebSocket for more");
        }
        return topics;
    }

    /**
     * Reads where the client stands in each topic. What is no id of such a stream stands for 0, so that the client is
     * told of a gap.
     */
    private static OptionalLong[] resumed(@Nullable String id, int topics) {
        OptionalLong[] after = new OptionalLong[topics];
        Arrays.fill(after, id == null ? OptionalLong.empty() : OptionalLong.of(0));
        String[] parts = id == null ? new String[0] : id.split("\\.", -1);
        if (parts.length == topics) {
            for (int i = 0; i < topics; i++) {
                if (NUMBER.matcher(parts[i]).matches()) {
                    after[i] = OptionalLong.of(Long.parseLong(parts[i]));
                }
            }
        }
        return after;
    }
}
