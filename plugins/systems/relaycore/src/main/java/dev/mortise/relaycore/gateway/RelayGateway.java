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
import dev.mortise.api.trace.Span;
import dev.mortise.api.trace.SpanKind;
import dev.mortise.api.trace.Tracing;
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
    private final Tracing tracing;
    private final ModelDirectory directory;
    private final UsageRecorder usage;

    /** Creates the gateway; called by the kernel, and by the plugin's own resources. */
    public RelayGateway(RelayCorePlugin plugin) {
        extensions = plugin.context().extensions();
        tracing = plugin.context().tracing();
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
        return traced("chat", listing, span -> {
            request.maxOutputTokens().ifPresent(most -> span.put("gen_ai.request.max_tokens", most));
            request.temperature().ifPresent(heat -> span.put("gen_ai.request.temperature", heat));
            ChatReply reply = measured(
                    listing,
                    provider -> model(provider, listing, ChatModel.class).chat(request),
                    ChatReply::usage);
            answered(span, reply.model(), reply.usage());
            span.put("gen_ai.response.finish_reasons", List.of(finish(reply.finish())))
                    .put("gen_ai.usage.output_tokens", reply.usage().outputTokens());
            return reply;
        });
    }

    @Override
    public EmbeddingReply embed(EmbeddingRequest request) {
        ModelListing listing = directory.find(ModelKind.EMBEDDING, request.model());
        return traced("embeddings", listing, span -> {
            EmbeddingReply reply = measured(
                    listing,
                    provider -> model(provider, listing, EmbeddingModel.class).embed(request),
                    EmbeddingReply::usage);
            answered(span, reply.model(), reply.usage());
            reply.embeddings().stream()
                    .findFirst()
                    .ifPresent(first -> span.put("gen_ai.embeddings.dimension.count", first.dimensions()));
            return reply;
        });
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

    /** Names and attributes are those of OpenTelemetry's semantic conventions for generative AI; no text of a chat. */
    private <R> R traced(String operation, ModelListing listing, Function<Span, R> call) {
        String model = listing.info().id();
        return tracing.inSpan(operation + " " + model, SpanKind.CLIENT, span -> {
            span.put("gen_ai.operation.name", operation)
                    .put("gen_ai.provider.name", listing.provider())
                    .put("gen_ai.request.model", model);
            return call.apply(span);
        });
    }

    private static void answered(Span span, String model, TokenUsage usage) {
        span.put("gen_ai.response.model", model).put("gen_ai.usage.input_tokens", usage.inputTokens());
    }

    private static String finish(ChatReply.Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
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
