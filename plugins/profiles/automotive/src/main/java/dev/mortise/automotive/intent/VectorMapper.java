package dev.mortise.automotive.intent;

import java.util.List;

/** The table {@code example_vector}. */
interface VectorMapper {
    /** Returns all that is kept for a model: a few hundred rows. */
    List<Row> ofModel(String model);

    /** Keeps rows; one that is there already stays as it is. */
    int insert(String model, List<Row> rows);

    /** One vector of one text; filled by the names of the constructor's parameters. */
    final class Row {
        private final String textHash;
        private final byte[] vector;

        /**
         * Creates a row.
         *
         * @param textHash SHA-256 of the example
         * @param vector 4 bytes for each dimension: IEEE 754 single, most significant byte first
         */
        Row(String textHash, byte[] vector) {
            this.textHash = textHash;
            this.vector = vector;
        }

        String textHash() {
            return textHash;
        }

        byte[] vector() {
            return vector;
        }
    }
}
