package dev.mortise.automotive.intent;

import dev.mortise.api.store.Store;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the examples' embeddings in the plugin's table, for the tenant that asks.
 *
 * @since 0.1
 */
public final class VectorMemory {
    private final Store store;

    /** Creates a memory in the plugin's schema. */
    public VectorMemory(Store store) {
        this.store = store;
    }

    Map<String, float[]> find(String model) {
        Map<String, float[]> found = new HashMap<>();
        for (VectorMapper.Row row :
                store.<VectorMapper, List<VectorMapper.Row>>read(VectorMapper.class, m -> m.ofModel(model))) {
            FloatBuffer floats = ByteBuffer.wrap(row.vector()).asFloatBuffer();
            float[] vector = new float[floats.remaining()];
            floats.get(vector);
            found.put(row.textHash(), vector);
        }
        return found;
    }

    void keep(String model, Map<String, float[]> vectors) {
        List<VectorMapper.Row> rows = vectors.entrySet().stream()
                .map(entry -> new VectorMapper.Row(entry.getKey(), bytes(entry.getValue())))
                .toList();
        store.<VectorMapper, Integer>write(VectorMapper.class, mapper -> mapper.insert(model, rows));
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
