package dev.mortise.localembeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** The same network through the Java binding of ONNX Runtime, with its default options. */
final class JavaBinding {
    private JavaBinding() {}

    static float[] embed(int[] tokens) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        try (InputStream in =
                        Objects.requireNonNull(JavaBinding.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx"));
                OrtSession session = environment.createSession(in.readAllBytes());
                OnnxTensor ids =
                        tensor(environment, Arrays.stream(tokens).asLongStream().toArray());
                OnnxTensor mask = tensor(environment, ones);
                OnnxTensor types = tensor(environment, new long[tokens.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            return normalised(((float[][][]) result.get(0).getValue())[0]);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, new long[][] {values});
    }

    private static float[] normalised(float[][] rows) {
        float[] mean = new float[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        double squares = 0;
        for (float value : mean) {
            squares += value * value;
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (mean[i] / Math.sqrt(squares));
        }
        return mean;
    }
}
