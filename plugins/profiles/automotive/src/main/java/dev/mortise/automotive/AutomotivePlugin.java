package dev.mortise.automotive;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelGateway;
import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.automotive.extract.FactExtractor;
import dev.mortise.automotive.intent.Classifier;
import dev.mortise.automotive.intent.IntentCatalogue;
import dev.mortise.automotive.intent.VectorMemory;
import dev.mortise.automotive.reply.Replies;
import dev.mortise.automotive.route.Router;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The automotive profile: holds the parts that its steps and resources share.
 *
 * @since 0.1
 */
public final class AutomotivePlugin extends MortisePlugin {
    private static final Logger log = LoggerFactory.getLogger(AutomotivePlugin.class);

    private final AutomotiveSettings settings;
    private final IntentCatalogue catalogue;
    private final FactExtractor extractor;
    private final Classifier classifier;
    private final Router router;
    private final Replies replies;

    /** Creates the plugin; called by the kernel. */
    public AutomotivePlugin(PluginContext context) {
        super(context);
        BundledYaml yaml = new BundledYaml(context.json());
        settings = context.settings().as(AutomotiveSettings.class);
        catalogue = IntentCatalogue.load(yaml);
        extractor = new FactExtractor(settings.place(), settings.zone(), settings.miles());
        classifier = Classifier.create(
                catalogue, yaml, this::embed, new VectorMemory(context.store()), settings.threshold());
        router = Router.load(yaml, catalogue);
        replies = new Replies(yaml, settings, context.extensions());
    }

    /** Learns the examples in the background; the first message waits for that, and does it where this could not. */
    @Override
    public void start() {
        context().background().start("learn the examples", () -> {
            try {
                context().tenants().active().stream().findFirst().ifPresent(this::learnFor);
            } catch (MortiseException notYet) {
                log.info("The examples are learnt with the first message: {}", notYet.describe());
            }
        });
    }

    private void learnFor(TenantId tenant) {
        context().tenants().asSystem(tenant).run(classifier::prepare);
    }

    private EmbeddingReply embed(List<String> texts) {
        EmbeddingRequest request = new EmbeddingRequest(settings.embedder(), texts);
        return context().extensions().callAny(ModelGateway.class, gateway -> gateway.embed(request));
    }

    /** Returns the settings as they are now, for the bound tenant where there is one. */
    public AutomotiveSettings settings() {
        return context().settings().as(AutomotiveSettings.class);
    }

    /** Returns the wishes that the profile knows. */
    public IntentCatalogue catalogue() {
        return catalogue;
    }

    /** Returns what reads facts. */
    public FactExtractor extractor() {
        return extractor;
    }

    /** Returns what tells wishes. */
    public Classifier classifier() {
        return classifier;
    }

    /** Returns what chooses departments. */
    public Router router() {
        return router;
    }

    /** Returns what drafts replies. */
    public Replies replies() {
        return replies;
    }
}
