package dev.mortise.localembeddings;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.plugin.MortisePlugin;
import dev.mortise.api.plugin.PluginContext;
import dev.mortise.localembeddings.onnx.OnnxException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and ends the local model. The start does not wait for the model, which takes some hundred milliseconds; the
 * first call does, when it comes earlier than that.
 *
 * @since 0.1
 */
public final class LocalEmbeddingsPlugin extends MortisePlugin {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEmbeddingsPlugin.class);

    private final MiniLm model;

    /** Creates the plugin; called by the kernel. */
    public LocalEmbeddingsPlugin(PluginContext context) {
        super(context);
        model = new MiniLm(context.settings().as(LocalEmbeddingsSettings.class).parallelism());
    }

    MiniLm model() {
        return model;
    }

    @Override
    public void start() {
        NativePlatform platform = NativePlatform.current();
        model.load(() -> read(platform));
    }

    private LoadedModel read(NativePlatform platform) throws IOException, OnnxException {
        long start = System.nanoTime();
        LoadedModel loaded =
                LoadedModel.read(platform, context().json(), context().scratchFolder());
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("Loaded {} for {} in {} ms", MiniLm.INFO.id(), platform.name(), time.toMillis());
        return loaded;
    }

    @Override
    public void stop() {
        try {
            model.close();
        } catch (OnnxException e) {
            throw new MortiseException(
                    ModelError.UNAVAILABLE,
                    "The model " + MiniLm.INFO.id() + " could not be freed: " + e.getMessage(),
                    "Restart the server when convenient to get its memory back",
                    e);
        }
    }
}
