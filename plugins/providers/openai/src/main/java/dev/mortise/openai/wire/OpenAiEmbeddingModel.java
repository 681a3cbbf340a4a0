package dev.mortise.openai.wire;

import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingModel;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.api.model.ModelInfo;
import dev.mortise.api.model.ModelKind;
import dev.mortise.api.model.TokenUsage;
import dev.mortise.openai.settings.EmbeddingModelSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An embedding model of a server (API reference, "Create embeddings"). Long lists go in several requests. */
public final class OpenAiEmbeddingModel implements EmbeddingModel {
    /** Texts in one request: well below the 2,048 that OpenAI takes, for servers with less room. */
    private static final int TEXTS_IN_A_REQUEST = 256;

    private final OpenAiServer server;
    private final EmbeddingModelSettings model;

    /** Creates the model. */
    public OpenAiEmbeddingModel(OpenAiServer server, EmbeddingModelSettings model) {
        this.server = server;
        this.model = model;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(server.settings().name() + "/" + model.id(), ModelKind.EMBEDDING, 0, model.dimensions());
    }

    @Override
    public EmbeddingReply embed(EmbeddingRequest request) {
        List<String> texts = request.texts();
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        long tokens = 0;
        String answeredBy = model.id();
        for (int from = 0; from < texts.size(); from += TEXTS_IN_A_REQUEST) {
            List<String> part = texts.subList(from, Math.min(texts.size(), from + TEXTS_IN_A_REQUEST));
            JsonNode reply = server.post("embeddings", model.id(), write(part));
            embeddings.addAll(read(reply.path("data"), part.size()));
            tokens += reply.path("usage").path("prompt_tokens").asLong(0);
            answeredBy = reply.path("model").asString(answeredBy);
        }
        return new EmbeddingReply(answeredBy, embeddings, new TokenUsage(tokens, 0));
    }

    private JsonNode write(List<String> texts) {
        ObjectNode body = server.json().createObjectNode().put("model", model.id());
        var input = body.putArray("input");
        texts.forEach(input::add);
        return body.put("encoding_format", "float");
    }

    private List<Embedding> read(JsonNode data, int count) {
        @Nullable Embedding[] embeddings = new @Nullable Embedding[count];
        if (data.size() != count) {
            throw server.failures().ofReply("it has " + data.size() + " vectors for " + count + " texts", null);
        }
        for (JsonNode item : data) {
            int index = item.path("index").asInt(-1);
            if (index < 0 || index >= count || embeddings[index] != null) {
                throw server.failures().ofReply("its vectors have no proper index", null);
            }
            embeddings[index] = vector(item.path("embedding"));
        }
        return Arrays.stream(embeddings).map(Objects::requireNonNull).toList();
    }

    /** Returns the vector with length 1, which not every server gives. */
    private Embedding vector(JsonNode numbers) {
        if (model.dimensions() > 0 && numbers.size() != model.dimensions()) {
            throw server.failures()
                    .ofReply(
                            "the vectors of " + model.id() + " have " + numbers.size()
                                    + " dimensions, the settings say " + model.dimensions(),
                            null);
        }
        double squares = 0;
        for (JsonNode number : numbers) {
            squares += number.asDouble(Double.NaN) * number.asDouble(Double.NaN);
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw server.failures().ofReply("a vector is empty, zero, or not made of numbers", null);
        }
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (numbers.get(i).asDouble(Double.NaN) / length);
        }
        return Embedding.of(values);
    }
}
