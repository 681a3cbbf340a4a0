package dev.mortise.relaycore.http;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.BodyShape;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.relaycore.RelayCorePlugin;
import dev.mortise.relaycore.gateway.RelayGateway;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.pf4j.Extension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Embeds texts.
 *
 * @since 0.1
 */
@Extension
@Path("embeddings")
public final class EmbeddingResource implements HttpResource {
    private final RelayGateway gateway;
    private final JsonMapper json;

    /** Creates the resource; called by the kernel. */
    public EmbeddingResource(RelayCorePlugin plugin) {
        gateway = new RelayGateway(plugin);
        json = plugin.context().json();
    }

    /** Embeds one text or a list of them; failures have OpenAI's shape. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RequiresPermission("relaycore.embed")
    @Described("Embeds one text or several. Request, answer and failures have the form of OpenAI's embeddings.")
    @Answer(type = ObjectNode.class)
    public Response embed(@BodyShape(ObjectNode.class) byte[] body) {
        return WireFailure.answer(() -> {
            WireBody parameters = WireBody.parse(json, body);
            EmbeddingWire.Encoding encoding = EmbeddingWire.encoding(parameters);
            EmbeddingReply reply = gateway.embed(EmbeddingWire.request(parameters));
            EmbeddingWire.requireDimensions(parameters, reply);
            return EmbeddingWire.reply(reply, encoding);
        });
    }
}
