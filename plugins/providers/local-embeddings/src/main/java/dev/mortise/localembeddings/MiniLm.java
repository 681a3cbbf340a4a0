package dev.mortise.localembeddings;

import dev.mortise.api.error.ApiError;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingModel;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelError;
import dev.mortise.api.model.ModelInfo;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.TokenUsage;
import dev.mortise.localembeddings.onnx.OnnxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model all-MiniLM-L6-v2 with 8-bit weights. Calls that come before the model is in memory wait for it.
 *
 * <p>Each text is computed by itself. The quantised network scales its intermediate values by the largest one in the
 * batch, so a text's vector would depend a little on its neighbours; alone, equal texts give equal vectors always, and
 * no time is spent on padding.
 */
final class MiniLm implements EmbeddingModel, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MiniLm.class);

    static final ModelInfo INFO =
            new ModelInfo("all-minilm-l6-v2", ModelKind.EMBEDDING, LoadedModel.MAX_TOKENS, LoadedModel.DIMENSIONS);

    private final CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    private final ComputeThreads threads;

    /**
     * Creates the model, not yet in memory.
     *
     * @param parallelism how many texts are computed at a time
     */
    MiniLm(int parallelism) {
        threads = new ComputeThreads(parallelism);
    }

    /** Reads the model on a thread of its own; calls wait meanwhile, and fail if this fails. To be called once. */
    void load(Callable<LoadedModel> source) {
        threads.start(() -> {
            try {
                loading.complete(source.call());
            } catch (Exception e) {
                LOG.error("Cannot load {}; its calls will fail until the plugin is started again", INFO.id(), e);
                loading.completeExceptionally(e);
            }
        });
    }

    @Override
    public ModelInfo info() {
        return INFO;
    }

    @Override
    public EmbeddingReply embed(EmbeddingRequest request) {
        try {
            return embed(loaded(), request.texts());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ApiError.INTERRUPTED,
                    "A call of the model " + INFO.id() + " was interrupted while it waited",
                    "Try again; the plugin or the server was stopping",
                    e);
        } catch (RejectedExecutionException e) {
            throw new MortiseException(
                    ModelError.UNAVAILABLE,
                    "The model " + INFO.id() + " has been closed",
                    "Start the plugin local-embeddings",
                    e);
        } catch (ExecutionException e) {
            throw new MortiseException(
                    ModelError.UNAVAILABLE,
                    "The model " + INFO.id() + " failed: " + e.getCause(),
                    "Try again; if it happens always, report it with the text",
                    e);
        }
    }

    private LoadedModel loaded() throws InterruptedException {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            throw new MortiseException(
                    ModelError.UNAVAILABLE,
                    "The model " + INFO.id() + " could not be loaded: " + e.getCause(),
                    "Look for the first failure in the server's log, put its cause right (memory, disk, a data folder that"
                            + " forbids native libraries) and start the plugin again",
                    e);
        }
    }

    /** Computes a few texts at a time, so that a caller with a long list does not keep out the others. */
    private EmbeddingReply embed(LoadedModel model, List<String> texts)
            throws InterruptedException, ExecutionException {
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        long tokens = 0;
        for (int from = 0; from < texts.size(); from += threads.count()) {
            List<int[]> ids = texts.subList(from, Math.min(texts.size(), from + threads.count())).stream()
                    .map(model::tokens)
                    .toList();
            tokens += ids.stream().mapToLong(text -> text.length).sum();
            for (Future<float[]> vector : threads.run(ids, model::embed)) {
                embeddings.add(Embedding.of(vector.get()));
            }
        }
        return new EmbeddingReply(INFO.id(), embeddings, new TokenUsage(tokens, 0));
    }

    /** Waits for the load and the running computations, then frees the model. Closing twice does nothing. */
    @Override
    public void close() throws OnnxException {
        boolean isFirst = threads.close();
        // No thread is left that could still complete it.
        @Nullable
        LoadedModel model = loading.isDone() ? loading.exceptionally(_ -> null).join() : null;
        if (isFirst && model != null) {
            model.close();
        }
    }
}
