package dev.mortise.relaycore.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.extension.Extensions;
import dev.mortise.api.model.ChatModel;
import dev.mortise.api.model.ChatReply;
import dev.mortise.api.model.ChatRequest;
import dev.mortise.api.model.EmbeddingModel;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.Model;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.model.ModelGateway;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.ModelListing;
import dev.mortise.api.model.ModelProvider;
import dev.mortise.api.model.TokenUsage;
import dev.mortise.relaycore.RelayCorePlugin;
import dev.mortise.relaycore.usage.UsageEntry;
import dev.mortise.relaycore.usage.UsageRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.pf4j.Extension;

/**
 * The gateway: finds the model, calls it under a lease of its provider, measures and records. Holds no state of its
 * own.
 *
 * @since 0.1
 */
@Extension
public final class RelayGateway implements ModelGateway {
    private static final TokenUsage NOTHING = new TokenUsage(0, 0);

    private final Extensions extensions;
    private final ModelDirectory directory;
    private final UsageRecorder usage;

    /** Creates the gateway; called by the kernel, and by the plugin's own resources. */
    public RelayGateway(RelayCorePlugin plugin) {
        extensions = plugin.context().extensions();
        directory = new ModelDirectory(extensions, plugin::settings);
        usage = plugin.usage();
    }

    @Override
    public String name() {
        return "relaycore";
    }

    @Override
    public List<ModelListing> models() {
        return directory.all().stream()
                .sorted(Comparator.comparing(ModelListing::qualifiedName))
                .toList();
    }

    @Override
    public ChatReply chat(ChatRequest request) {
        ModelListing listing = directory.find(ModelKind.CHAT, request.model());
        return measured(
                listing, provider -> model(provider, listing, ChatModel.class).chat(request), ChatReply::usage);
    }

    @Override
    public EmbeddingReply embed(EmbeddingRequest request) {
        ModelListing listing = directory.find(ModelKind.EMBEDDING, request.model());
        return measured(
                listing,
                provider -> model(provider, listing, EmbeddingModel.class).embed(request),
                EmbeddingReply::usage);
    }

    private static <M extends Model> M model(ModelProvider provider, ModelListing listing, Class<M> type) {
        return provider.models().stream()
                .filter(model -> model.info().id().equals(listing.info().id()))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new MortiseException(
                        ModelError.NOT_FOUND,
                        "The provider " + listing.provider() + " no longer offers " + listing.qualifiedName(),
                        "Try again; its plugin was just updated or its settings changed"));
    }

    private <R> R measured(ModelListing listing, Function<ModelProvider, R> call, Function<R, TokenUsage> consumed) {
        CallContext context = CallContext.current();
        Instant at = Instant.now();
        long start = System.nanoTime();
        try {
            R reply = extensions.call(ModelProvider.class, listing.provider(), call);
            usage.record(entry(context, listing, at, start, consumed.apply(reply), UsageEntry.OK));
            return reply;
        } catch (MortiseException e) {
            usage.record(
                    entry(context, listing, at, start, NOTHING, e.errorCode().code()));
            throw e;
        }
    }

    private static UsageEntry entry(
            CallContext context, ModelListing listing, Instant at, long start, TokenUsage tokens, String outcome) {
        return UsageEntry.of(context, listing, at, Duration.ofNanos(System.nanoTime() - start), tokens, outcome);
    }
}
