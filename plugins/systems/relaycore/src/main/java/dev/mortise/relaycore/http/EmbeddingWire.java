package dev.mortise.relaycore.http;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.model.Embedding;
import dev.mortise.api.model.EmbeddingReply;
import dev.mortise.api.model.EmbeddingRequest;
import dev.mortise.relaycore.RelayError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Embeddings in OpenAI's format (API reference, "Create embeddings"). */
final class EmbeddingWire {
    /** The most inputs that OpenAI documents for one request. */
    private static final int MOST_INPUTS = 2_048;

    private static final Set<String> KNOWN = Set.of("model", "input", "encoding_format", "dimensions", "user");

    private EmbeddingWire() {}

    /** How vectors are written. */
    enum Encoding {
        /** As numbers. */
        FLOAT,
        /** As base64 of 32-bit floats, little-endian. */
        BASE64
    }

    /**
     * Reads a request.
     *
     * @throws MortiseException with a {@link RelayError}
     */
    static EmbeddingRequest request(WireBody body) {
        body.requireOnly(KNOWN);
        return new EmbeddingRequest(body.text("model"), inputs(body.parameters().path("input")));
    }

    private static List<String> inputs(JsonNode input) {
        if (input.isString()) {
            return List.of(input.stringValue());
        }
        if (!input.isArray() || input.isEmpty() || input.size() > MOST_INPUTS) {
            throw WireBody.invalid(
                    "\"input\" is neither a text nor a list of 1 to " + MOST_INPUTS + " texts", "Send texts");
        }
        List<String> texts = new ArrayList<>(input.size());
        for (JsonNode text : input) {
            if (!text.isString()) {
                throw new MortiseException(
                        RelayError.PARAMETER_UNSUPPORTED,
                        "input[" + texts.size() + "] is no text; lists of tokens cannot be read",
                        "Send texts");
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    static Encoding encoding(WireBody body) {
        return switch (body.text("encoding_format").orElse("float")) {
            case "float" -> Encoding.FLOAT;
            case "base64" -> Encoding.BASE64;
            default -> throw WireBody.invalid("The \"encoding_format\" is not known", "Send float or base64");
        };
    }

    /**
     * Checks that the vectors have the length that was asked for; they are not shortened.
     *
     * @throws MortiseException with {@code relaycore.parameter-unsupported}
     */
    static void requireDimensions(WireBody body, EmbeddingReply reply) {
        int got = reply.embeddings().getFirst().dimensions();
        int wanted = body.count("dimensions").orElse(got);
        if (wanted != got) {
            throw new MortiseException(
                    RelayError.PARAMETER_UNSUPPORTED,
                    "The model " + reply.model() + " gives " + got + " dimensions, not " + wanted,
                    "Leave out \"dimensions\" or send " + got);
        }
    }

    /** Returns the reply as OpenAI would. */
    static Map<String, Object> reply(EmbeddingReply reply, Encoding encoding) {
        List<Map<String, Object>> data = IntStream.range(0, reply.embeddings().size())
                .mapToObj(index -> Map.of(
                        "object",
                        "embedding",
                        "index",
                        index,
                        "embedding",
                        vector(reply.embeddings().get(index), encoding)))
                .toList();
        long tokens = reply.usage().inputTokens();
        return Map.of(
                "object",
                "list",
                "data",
                data,
                "model",
                reply.model(),
                "usage",
                Map.of("prompt_tokens", tokens, "total_tokens", tokens));
    }

    private static Object vector(Embedding embedding, Encoding encoding) {
        float[] values = embedding.toArray();
        if (encoding == Encoding.FLOAT) {
            return values;
        }
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
