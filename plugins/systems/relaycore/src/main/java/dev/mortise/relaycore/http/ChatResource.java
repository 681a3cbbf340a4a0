package dev.mortise.relaycore.http;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Answer;
import dev.mortise.api.http.BodyShape;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.relaycore.RelayCorePlugin;
import dev.mortise.relaycore.gateway.RelayGateway;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.pf4j.Extension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chats with a model.
 *
 * @since 0.1
 */
@Extension
@Path("chat/completions")
public final class ChatResource implements HttpResource {
    private final RelayGateway gateway;
    private final JsonMapper json;

    /** Creates the resource; called by the kernel. */
    public ChatResource(RelayCorePlugin plugin) {
        gateway = new RelayGateway(plugin);
        json = plugin.context().json();
    }

    /** Answers a conversation; failures have OpenAI's shape. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RequiresPermission("relaycore.chat")
    @Described("Answers a conversation. Request, answer and failures have the form of OpenAI's chat completions.")
    @Answer(type = ObjectNode.class)
    public Response complete(@BodyShape(ObjectNode.class) byte[] body) {
        return WireFailure.answer(() -> {
            Instant created = Instant.now();
            return ChatWire.reply(
                    gateway.chat(ChatWire.request(WireBody.parse(json, body))),
                    CallContext.current().traceId(),
                    created);
        });
    }
}
