package dev.mortise.relaycore.http;

import dev.mortise.api.http.Answer;
import dev.mortise.api.http.Described;
import dev.mortise.api.http.HttpResource;
import dev.mortise.api.http.RequiresPermission;
import dev.mortise.api.model.ModelInfo;
import dev.mortise.api.model.ModelListing;
import dev.mortise.relaycore.RelayCorePlugin;
import dev.mortise.relaycore.gateway.RelayGateway;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pf4j.Extension;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the models that can be asked for.
 *
 * @since 0.1
 */
@Extension
@Path("models")
public final class ModelResource implements HttpResource {
    private final RelayGateway gateway;

    /** Creates the resource; called by the kernel. */
    public ModelResource(RelayCorePlugin plugin) {
        gateway = new RelayGateway(plugin);
    }

    /**
     * Returns all models in OpenAI's format, with what else is known of them. That format knows no pages; there are as
     * many models as the providers offer.
     */
    @GET
    @RequiresPermission("relaycore.models.read")
    @Described("Lists all models in the form of OpenAI's list of models, which knows no pages.")
    @Answer(type = ObjectNode.class)
    public Response list() {
        return WireFailure.answer(() -> {
            List<Map<String, Object>> data =
                    gateway.models().stream().map(ModelResource::wire).toList();
            return Map.of("object", "list", "data", data);
        });
    }

    private static Map<String, Object> wire(ModelListing listing) {
        ModelInfo info = listing.info();
        return Map.of(
                "id", listing.qualifiedName(),
                "object", "model",
                "created", 0,
                "owned_by", listing.provider(),
                "kind", info.kind().name().toLowerCase(Locale.ROOT),
                "max_input_tokens", info.maxInputTokens(),
                "dimensions", info.dimensions());
    }
}
