package dev.mortise.automotive.intent;

import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.automotive.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The embeddings of the examples, asked of the gateway in batches and kept, so that a restart asks for nothing that has
 * not changed. The key is the model's id and the SHA-256 of the text.
 *
 * @param embed asks the gateway
 * @param find returns what is kept for a model, by the hash of the text
 * @param keep keeps more for a model
 */
record ExampleVectors(
        Function<List<String>, EmbeddingReply> embed,
        Function<String, Map<String, float[]>> find,
        BiConsumer<String, Map<String, float[]>> keep) {
    private static final int BATCH = 64;

    /** Returns the embeddings of the texts by a model, in their order. */
    List<float[]> of(List<String> texts, String model) {
        Map<String, float[]> known = new HashMap<>(find.apply(model));
        Map<String, String> missing = new LinkedHashMap<>();
        for (String text : texts) {
            String hash = Digest.sha256(text);
            if (!known.containsKey(hash)) {
                missing.put(hash, text);
            }
        }
        List<String> hashes = new ArrayList<>(missing.keySet());
        for (int from = 0; from < hashes.size(); from += BATCH) {
            Map<String, float[]> batch = embedded(hashes.subList(from, Math.min(hashes.size(), from + BATCH)), missing);
            keep.accept(model, batch);
            known.putAll(batch);
        }
        List<float[]> vectors = new ArrayList<>();
        for (String text : texts) {
            float[] vector = known.get(Digest.sha256(text));
            vectors.add(vector == null ? new float[0] : vector);
        }
        return vectors;
    }

    private Map<String, float[]> embedded(List<String> hashes, Map<String, String> texts) {
        List<String> batch =
                hashes.stream().map(hash -> texts.getOrDefault(hash, "")).toList();
        List<Embedding> embeddings = embed.apply(batch).embeddings();
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < hashes.size(); i++) {
            vectors.put(hashes.get(i), embeddings.get(i).toArray());
        }
        return vectors;
    }
}
