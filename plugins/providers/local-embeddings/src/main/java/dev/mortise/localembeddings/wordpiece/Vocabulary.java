package dev.mortise.localembeddings.wordpiece;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The pieces that a model knows and their ids. Immutable. */
final class Vocabulary {
    private final Map<String, Integer> ids;
    private final int longestPiece;

    private Vocabulary(Map<String, Integer> ids) {
        this.ids = ids;
        this.longestPiece = ids.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Reads the {@code vocab} of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException when it is not that of a WordPiece model
     */
    static Vocabulary of(JsonNode tokenizer) {
        JsonNode model = tokenizer.path("model");
        if (!"WordPiece".equals(model.path("type").asString())) {
            throw new IllegalArgumentException("The tokenizer file describes a model of another type than WordPiece");
        }
        Map<String, Integer> ids = new HashMap<>(2 * model.path("vocab").size());
        model.path("vocab").forEachEntry((piece, id) -> ids.put(piece, id.intValue()));
        return new Vocabulary(Map.copyOf(ids));
    }

    /** Returns the id of the piece, or -1. */
    int find(String piece) {
        return ids.getOrDefault(piece, -1);
    }

    /**
     * Returns the id of a piece that the model cannot do without.
     *
     * @throws IllegalArgumentException when the vocabulary lacks it
     */
    int require(String piece) {
        int id = find(piece);
        if (id < 0) {
            throw new IllegalArgumentException("The vocabulary lacks " + piece);
        }
        return id;
    }

    /** Returns the length of the longest piece, in UTF-16 units. */
    int longestPiece() {
        return longestPiece;
    }
}
